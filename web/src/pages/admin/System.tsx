import { Page } from "@/ui/Page";

export default function System() {
  return (
    <Page title="System" tab="System">
      <p>System</p>
    </Page>
  );
}

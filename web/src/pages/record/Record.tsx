import { Page } from "@/ui/Page";

export default function Record() {
  return (
    <Page title="Record" tab="Record">
      <p>Record</p>
    </Page>
  );
}

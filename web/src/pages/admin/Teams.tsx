import { Page } from "@/ui/Page";

export default function Teams() {
  return (
    <Page title="Teams" tab="Teams">
      <p>Teams</p>
    </Page>
  );
}

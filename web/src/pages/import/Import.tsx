import { Page } from "@/ui/Page";

export default function Import() {
  return (
    <Page title="Import" tab="Import">
      <p>Import</p>
    </Page>
  );
}

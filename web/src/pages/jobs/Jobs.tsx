import { Page } from "@/ui/Page";

export default function Jobs() {
  return (
    <Page title="Jobs" tab="Jobs">
      <p>Jobs</p>
    </Page>
  );
}

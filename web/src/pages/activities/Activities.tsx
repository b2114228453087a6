import { Page } from "@/ui/Page";

export default function Activities() {
  return (
    <Page title="Activities" tab="Activities">
      <p>Activities</p>
    </Page>
  );
}

import { Page } from "@/ui/Page";

export default function Notices() {
  return (
    <Page title="Notices" tab="Notices">
      <p>Notices</p>
    </Page>
  );
}

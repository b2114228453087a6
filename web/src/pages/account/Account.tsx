import { Page } from "@/ui/Page";

export default function Account() {
  return (
    <Page title="Account" tab="Account">
      <p>Account</p>
    </Page>
  );
}

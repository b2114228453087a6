import { Page } from "@/ui/Page";

export default function Role() {
  return (
    <Page title="Role" tab="Role">
      <p>Role</p>
    </Page>
  );
}

import { Page } from "@/ui/Page";

export default function Users() {
  return (
    <Page title="Users" tab="Users">
      <p>Users</p>
    </Page>
  );
}

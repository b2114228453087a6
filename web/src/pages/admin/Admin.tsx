import { Page } from "@/ui/Page";

export default function Admin() {
  return (
    <Page title="Admin" tab="Admin">
      <p>Admin</p>
    </Page>
  );
}

import { Page } from "@/ui/Page";

export default function Fields() {
  return (
    <Page title="Fields" tab="Fields">
      <p>Fields</p>
    </Page>
  );
}

import { Page } from "@/ui/Page";

export default function EntityList() {
  return (
    <Page title="EntityList" tab="EntityList">
      <p>EntityList</p>
    </Page>
  );
}

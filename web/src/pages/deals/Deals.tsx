import { Page } from "@/ui/Page";

export default function Deals() {
  return (
    <Page title="Deals" tab="Deals">
      <p>Deals</p>
    </Page>
  );
}

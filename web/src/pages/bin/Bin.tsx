import { Page } from "@/ui/Page";

export default function Bin() {
  return (
    <Page title="Bin" tab="Bin">
      <p>Bin</p>
    </Page>
  );
}

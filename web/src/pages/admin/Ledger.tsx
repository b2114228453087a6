import { Page } from "@/ui/Page";

export default function Ledger() {
  return (
    <Page title="Ledger" tab="Ledger">
      <p>Ledger</p>
    </Page>
  );
}

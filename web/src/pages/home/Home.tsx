import { Page } from "@/ui/Page";

export default function Home() {
  return (
    <Page title="Home" tab="Home">
      <p>Home</p>
    </Page>
  );
}

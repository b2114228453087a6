import { Button } from "@mantine/core";
import { passFocus } from "@/ui/passFocus";
import { Failed } from "@/ui/States";

interface Props {
  label: string;
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
}

/** Asks for the next page, as long as there is one; says so if it does not come. */
export function More({ label, query }: Props) {
  if (!query.hasNextPage) return null;
  const more = () => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <Failed error={query.error} retry={more} />;
  return (
    <Button
      mt="xs"
      variant="default"
      loading={query.isFetchingNextPage}
      onClick={(event) => {
        passFocus(event.currentTarget);
        more();
      }}
    >
      {label}
    </Button>
  );
}

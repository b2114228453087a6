import { Button, Group, Switch, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/api/client";
import type { HistoryPage, LedgerEvent } from "@/api/types";
import { EventList } from "@/ui/EventList";
import { Empty, Ready } from "@/ui/States";
import { BY_PAGES } from "../ledger/acts";
import { one, useUrl } from "./useUrl";

interface Props {
  /** Where the events are asked: `/me/events`, `/users/ID/events`. */
  path: string;
  /** These acts only; without them all, but for what pages ask for by themselves unless that is wanted too. */
  acts?: string[];
}

/** What one user did, newest first, more of it by a button. */
export function EventHistory({ path, acts }: Props) {
  const { t } = useTranslation("admin");
  const [search, setSearch] = useUrl();
  const hides = one(search.pages) !== "1";
  const filter = acts ? { act: acts } : { except: hides ? BY_PAGES : undefined };
  const query = useInfiniteQuery({
    queryKey: ["events", path, filter],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage<LedgerEvent>>(path, { ...filter, before: pageParam, limit: 50 }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_before,
  });
  return (
    <>
      {!acts && (
        <Switch
          label={t("ledger:pages.hide")}
          description={t("ledger:pages.what")}
          checked={hides}
          onChange={(event) => setSearch({ pages: event.currentTarget.checked ? undefined : "1" })}
          mb="sm"
        />
      )}
      <Ready query={query}>
        {({ pages }) => {
          const events = pages.flatMap((page) => page.items);
          return (
            <>
              <Text size="sm" c="dimmed" role="status">
                {t("history.shown", { count: events.length })}
              </Text>
              {events.length > 0 ? (
                <EventList events={events} showUser={false} proofs />
              ) : (
                <Empty title={t("history.none")} />
              )}
              {query.hasNextPage && (
                <Group justify="center">
                  <Button
                    variant="default"
                    loading={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {t("history.older")}
                  </Button>
                </Group>
              )}
            </>
          );
        }}
      </Ready>
    </>
  );
}

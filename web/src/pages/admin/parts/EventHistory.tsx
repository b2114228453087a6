import { Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get } from "@/api/client";
import type { HistoryPage, LedgerEvent } from "@/api/types";
import { EventList } from "@/ui/EventList";
import { Empty, Ready } from "@/ui/States";

interface Props {
  /** Where the events are asked: `/me/events`, `/users/ID/events`. */
  path: string;
  /** Which of them are shown; all if absent. */
  show?: (event: LedgerEvent) => boolean;
}

/** What one user did, newest first, more of it by a button. */
export function EventHistory({ path, show }: Props) {
  const { t } = useTranslation("admin");
  const query = useInfiniteQuery({
    queryKey: ["events", path],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage<LedgerEvent>>(path, { before: pageParam, limit: 50 }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next_before,
  });
  return (
    <Ready query={query}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.items);
        const events = show ? all.filter(show) : all;
        return (
          <>
            <Text size="sm" c="dimmed" role="status">
              {show
                ? t("history.filtered", { count: all.length, shown: events.length })
                : t("history.shown", { count: all.length })}
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
  );
}

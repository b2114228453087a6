// Rows of a list, page after page as one scrolls.
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useMemo } from "react";
import { readPage } from "@/api/lists";
import { AGAIN } from "@/api/queries";
import type { Access, Entity, Page, Refs, Row } from "@/api/types";
import { type ListWish, toApi } from "@/lib/conditions";
import type { Asked } from "./columns";

const FIRST = 50;
const NEXT = 200;
export const COUNT_MAX = 10_000;
const WITH_NEXT = ["company", "person", "lead", "deal"];

export const hasNextActivity = (entity: Entity) => WITH_NEXT.includes(entity.name);

/** The list's parameters without those of the page. */
export function listParams(entity: Entity, wish: ListWish, fixed: string[]) {
  return {
    q: wish.q.trim() || undefined,
    filter: [...fixed, ...wish.conditions.flatMap((c) => toApi(entity, c))],
    sort: wish.sort || undefined,
  };
}
export type ListParams = ReturnType<typeof listParams> & { binned?: boolean };

export interface Rows {
  rows: Row[];
  refs: Refs;
  access?: Access;
  count?: number;
  error: unknown;
  isPending: boolean;
  /** Rows of the list asked for before are still shown. */
  isOld: boolean;
  more: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  /** The next page did not come; it is asked for again only by hand. */
  failedMore: boolean;
  retry: () => void;
}

const rowsQuery = (entity: Entity, params: ListParams, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ["list", entity.plural, "rows", params, asked],
    queryFn: ({ pageParam, signal }) =>
      readPage(
        entity.plural,
        {
          ...params,
          ...asked,
          limit: pageParam ? NEXT : FIRST,
          cursor: pageParam,
          count: pageParam ? undefined : true,
          refs: true,
        },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page: Page) => page.next_cursor,
  });

/** Pages asked for again, one after the other, when a column is added to a list scrolled far down. */
const KEPT = 25;

const covers = (asked: Asked, next: Asked): boolean => {
  const known = asked.fields.split(",");
  return (
    (asked.next_activity || !next.next_activity) &&
    next.fields.split(",").every((name) => known.includes(name))
  );
};

/** Called before other columns are shown: the list then stays as long as it is, and with it the place one is at. */
export function useKeepLength(entity: Entity, params: ListParams, asked: Asked): (next: Asked) => void {
  const client = useQueryClient();
  return (next) => {
    const wanted = rowsQuery(entity, params, next);
    const known = client.getQueryState<InfiniteData<Page>>(rowsQuery(entity, params, asked).queryKey);
    const there = client.getQueryData<InfiniteData<Page>>(wanted.queryKey);
    const length = known?.data?.pages.length ?? 0;
    if (length <= (there?.pages.length ?? 0)) return;
    if (covers(asked, next)) {
      client.setQueryData(wanted.queryKey, known?.data, { updatedAt: known?.dataUpdatedAt });
      return;
    }
    client.removeQueries({ queryKey: wanted.queryKey, exact: true });
    void client.prefetchInfiniteQuery({ ...wanted, pages: Math.min(length, KEPT) });
  };
}

export function useRows(entity: Entity, params: ListParams, asked: Asked, enabled = true): Rows {
  const query = useInfiniteQuery({
    ...rowsQuery(entity, params, asked),
    placeholderData: keepPreviousData,
    // Coming back from a record asks again only for what was changed there; the pages of a list scrolled far down,
    // one after the other, are asked for by nothing else.
    staleTime: ({ state }) => ((state.data?.pages.length ?? 0) > AGAIN ? Number.POSITIVE_INFINITY : 60_000),
    enabled,
  });
  const pages = query.data?.pages;
  const rows = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const refs = useMemo(
    () => Object.assign({}, ...(pages ?? []).map((page) => page.refs ?? {})) as Refs,
    [pages],
  );
  return {
    rows,
    refs,
    access: pages?.[0]?.access,
    count: pages?.[0]?.count,
    error: query.error,
    isPending: query.isPending,
    isOld: query.isPlaceholderData,
    more: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    failedMore: query.isFetchNextPageError && !query.isFetchingNextPage,
    retry: () => void query.refetch(),
  };
}

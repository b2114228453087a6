import { infiniteQueryOptions } from "@tanstack/react-query";
import { get, type Query } from "@/api/client";
import type { Disclosure, HistoryPage } from "@/api/types";

const LIMIT = 50;

/** What was disclosed to partners, the newest first; each page is read from the ledger. */
export const disclosuresQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ["disclosures", query],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage<Disclosure>>(
        "/disclosures",
        { ...query, before: pageParam ?? undefined, limit: LIMIT },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last: HistoryPage<Disclosure>) => last.next_before ?? undefined,
  });

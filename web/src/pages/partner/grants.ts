// Until when something is shared: a grant ends with the agreement, if that ends before it.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Grant, GrantPage } from "@/api/types";
import { useMe } from "@/lib/entities";
import { ownGrantsQuery } from "@/pages/shared/queries";

export interface End {
  at: string;
  state: Grant["state"];
}

const earlier = (a: string, b: string): string => (Date.parse(a) <= Date.parse(b) ? a : b);

/** The end of a grant as it is now; of one in force no later than all access. */
export const endOf = (
  { state, until }: Pick<Grant, "state" | "until">,
  all: string | null | undefined,
): End | undefined => {
  if (!until) return undefined;
  return { state, at: state === "in_force" && all ? earlier(until, all) : until };
};

export function useEndOf(): (grant: Grant) => End | undefined {
  const { partner } = useMe();
  return (grant) => endOf(grant, partner?.access_until);
}

/** All that is shared with the user; nothing until the last page of it is there. */
export function useAllReceived(): GrantPage["items"] | undefined {
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery(
    ownGrantsQuery("received"),
  );
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return data && !hasNextPage ? data.pages.flatMap((page) => page.items) : undefined;
}

/** The last end of what shows a record now: it is there until then. */
export function lastEnd(ends: (End | undefined)[]): End | undefined {
  const lasting = ends.filter((end) => end?.state === "in_force");
  return lasting.reduce<End | undefined>(
    (last, end) => (!last || (end && Date.parse(end.at) > Date.parse(last.at)) ? end : last),
    undefined,
  );
}

import { infiniteQueryOptions } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { GrantPage } from "@/api/types";

/** Whether somebody else gave it, or the user did. */
export type Direction = "received" | "given";

export const ownGrantsQuery = (direction: Direction) =>
  infiniteQueryOptions({
    queryKey: ["shared", direction],
    queryFn: ({ pageParam, signal }) =>
      get<GrantPage>("/grants", { direction, limit: 50, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: GrantPage) => last.next_cursor,
  });

import { infiniteQueryOptions } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { OwnGrant } from "@/api/types";

/** Whether somebody else gave it, or the user did. */
export type Direction = "received" | "given";

interface Page {
  items: OwnGrant[];
  next_cursor: string | null;
}

export const ownGrantsQuery = (direction: Direction) =>
  infiniteQueryOptions({
    queryKey: ["shared", direction],
    queryFn: ({ pageParam, signal }) =>
      get<Page>("/grants", { direction, limit: 50, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: Page) => last.next_cursor,
  });

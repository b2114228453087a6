// Reviews of access: those that wait for the user, all of them, and what is decided.
import { infiniteQueryOptions, queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type {
  AccessReview,
  AccessReviewItem,
  AccessReviewItems,
  AccessReviewReport,
  Id,
  Items,
} from "@/api/types";

export type State = AccessReviewItem["state"];

/** Rights that can be decided on in one request. */
export const AT_ONCE = 200;
const LIMIT = 100;

const KEY = ["access-reviews"];

/** Those in which the user has something to review, or all of them. */
export const reviewsQuery = (view: "mine" | "all") =>
  queryOptions({
    queryKey: [...KEY, view],
    queryFn: ({ signal }) =>
      get<Items<AccessReview>>("/access-reviews", { view }, signal).then((answer) => answer.items),
  });

export const reviewQuery = (id: Id) =>
  queryOptions({
    queryKey: [...KEY, "one", id],
    queryFn: ({ signal }) => get<AccessReview>(`/access-reviews/${id}`, undefined, signal),
  });

/** Whether there is anything left for the user to do. */
export const waits = ({ state, own }: AccessReview): boolean => state === "open" && (own?.open ?? 0) > 0;

const cursor = (last: { next_cursor: string | null }) => last.next_cursor ?? undefined;

/** What the user has to decide on, with what is known of its use. */
export const reviewItemsQuery = (id: Id, state: State | undefined) =>
  infiniteQueryOptions({
    queryKey: [...KEY, "one", id, "items", state ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      get<AccessReviewItems>(
        `/access-reviews/${id}/items`,
        { state, cursor: pageParam, limit: LIMIT },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: cursor,
  });

/** What became of all of it. */
export const reviewReportQuery = (id: Id, state: State | undefined) =>
  infiniteQueryOptions({
    queryKey: [...KEY, "one", id, "report", state ?? "all"],
    queryFn: ({ pageParam, signal }) =>
      get<AccessReviewReport>(
        `/access-reviews/${id}/report`,
        { state, cursor: pageParam, limit: LIMIT },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: cursor,
  });

/** What somebody may see differently once a right is gone. */
const SEEN_IN = ["users", "service-accounts", "colleagues", "findings", "grants"];

export function useReviewActs(id: Id) {
  const client = useQueryClient();
  const settled = () => client.invalidateQueries({ queryKey: KEY });
  const decide = (how: "confirm" | "withdraw", items: number[], reason: string | null) =>
    request<AccessReview>("POST", `/access-reviews/${id}/${how}`, { body: { items, reason } });
  return {
    confirm: (items: number[]) => decide("confirm", items, null).finally(settled),
    withdraw: (items: number[], reason: string | null) =>
      decide("withdraw", items, reason).finally(() => {
        for (const kind of SEEN_IN) void client.invalidateQueries({ queryKey: [kind] });
        return settled();
      }),
    replace: (from: Id, reviewer: Id) =>
      request<AccessReview>("POST", `/access-reviews/${id}/replace`, { body: { from, reviewer } }).finally(
        settled,
      ),
    cancel: () => request<AccessReview>("POST", `/access-reviews/${id}/cancel`).finally(settled),
  };
}

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { AccessApproval, AccessAsk, AccessRequest, Grant, Id, Items } from "@/api/types";
import { useSettleGrants } from "@/pages/shared/useGrantActs";

type Direction = "mine" | "to_decide";

export const requestsQuery = (direction: Direction) =>
  queryOptions({
    queryKey: ["access-requests", direction],
    queryFn: ({ signal }) =>
      get<Items<AccessRequest>>("/access-requests", { direction }, signal).then((answer) => answer.items),
  });

/** The answer is the same whatever stands under the id. */
export const askAccess = (plural: string, id: Id, body: AccessAsk) =>
  request<AccessRequest>("POST", `/${plural}/${id}/access-requests`, { body });

/** Answers requests; the lists are asked for again, whatever came of it. */
export function useAnswers() {
  const client = useQueryClient();
  const settleGrants = useSettleGrants();
  const settled = () => void client.invalidateQueries({ queryKey: ["access-requests"] });
  return {
    approve: (id: Id, body: AccessApproval) =>
      request<Grant>("POST", `/access-requests/${id}/approve`, { body }).finally(() => {
        settled();
        settleGrants();
      }),
    decline: (id: Id) => request<void>("POST", `/access-requests/${id}/decline`).finally(settled),
  };
}

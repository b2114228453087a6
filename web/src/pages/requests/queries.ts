import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type {
  AccessApproval,
  AccessAsk,
  AccessRequest,
  Approval,
  ApprovalDetail,
  Grant,
  Id,
  Items,
} from "@/api/types";
import { useSettleGrants } from "@/pages/shared/useGrantActs";

type Direction = "mine" | "to_decide";

export const requestsQuery = (direction: Direction) =>
  queryOptions({
    queryKey: ["access-requests", direction],
    queryFn: ({ signal }) =>
      get<Items<AccessRequest>>("/access-requests", { direction }, signal).then((answer) => answer.items),
  });

export const approvalsQuery = (direction: Direction) =>
  queryOptions({
    queryKey: ["approvals", direction],
    queryFn: ({ signal }) =>
      get<Items<Approval>>("/approvals", { direction }, signal).then((answer) => answer.items),
  });

export const approvalQuery = (id: Id) =>
  queryOptions({
    queryKey: ["approvals", "one", id],
    queryFn: ({ signal }) => get<ApprovalDetail>(`/approvals/${id}`, undefined, signal),
    staleTime: 0,
    retry: false,
  });

/** Decides on requests for approval; the lists are asked for again, whatever came of it. */
export function useDecisions() {
  const client = useQueryClient();
  const settled = () => void client.invalidateQueries({ queryKey: ["approvals"] });
  const send = (id: Id, what: string, body?: unknown) =>
    request<void>("POST", `/approvals/${id}/${what}`, { body }).finally(settled);
  return {
    approve: (id: Id) => send(id, "approve"),
    decline: (id: Id, reason: string) => send(id, "decline", { reason }),
    withdraw: (id: Id) => send(id, "withdraw"),
  };
}

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

// What only the administration asks.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, send } from "@/api/client";
import type {
  Account,
  ApprovalRulesRead,
  DeadJob,
  Finding,
  FindingPage,
  GrantPage,
  Items,
  KeyStatus,
  OwnedRecords,
  RequirementRead,
  RoleConflictsRead,
  ServiceAccount,
  Session,
  SessionRulesRead,
  SignOnSettings,
  SystemState,
  UserFactors,
  UserView,
  ViewAs,
} from "@/api/types";

export const usersQuery = queryOptions({
  queryKey: ["users"],
  queryFn: () => get<Items<UserView>>("/users").then((answer) => answer.items),
});

export const userQuery = (id: string) =>
  queryOptions({ queryKey: ["users", id], queryFn: () => get<UserView>(`/users/${id}`) });

export const userSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["users", id, "sessions"],
    queryFn: () => get<Items<Session>>(`/users/${id}/sessions`).then((answer) => answer.items),
  });

export const serviceAccountsQuery = queryOptions({
  queryKey: ["service-accounts"],
  queryFn: () => get<Items<ServiceAccount>>("/service-accounts").then((answer) => answer.items),
});

/** Those that the user answers for. */
export const ownServiceAccountsQuery = queryOptions({
  queryKey: ["service-accounts", "own"],
  queryFn: () => get<Items<ServiceAccount>>("/me/service-accounts").then((answer) => answer.items),
});

export const serviceAccountQuery = (id: string) =>
  queryOptions({
    queryKey: ["service-accounts", id],
    queryFn: () => get<ServiceAccount>(`/service-accounts/${id}`),
  });

export const serviceTokensQuery = (id: string) =>
  queryOptions({
    queryKey: ["service-accounts", id, "tokens"],
    queryFn: () => get<Items<Session>>(`/service-accounts/${id}/tokens`).then((answer) => answer.items),
  });

export const userFactorsQuery = (id: string) =>
  queryOptions({
    queryKey: ["users", id, "factors"],
    queryFn: () => get<UserFactors>(`/users/${id}/factors`),
  });

export const userRecordsQuery = (id: string) =>
  queryOptions({
    queryKey: ["users", id, "records"],
    queryFn: () => get<OwnedRecords>(`/users/${id}/records`),
  });

export const requirementQuery = queryOptions({
  queryKey: ["factors", "requirement"],
  queryFn: () => get<RequirementRead>("/factors/requirement"),
});

export const approvalRulesQuery = queryOptions({
  queryKey: ["approval-rules"],
  queryFn: () => get<ApprovalRulesRead>("/approvals/rules"),
});

export const sessionRulesQuery = queryOptions({
  queryKey: ["sessions", "rules"],
  queryFn: () => get<SessionRulesRead>("/sessions/rules"),
});

export const userAccountsQuery = (id: string) =>
  queryOptions({
    queryKey: ["users", id, "accounts"],
    queryFn: () => get<Items<Account>>(`/users/${id}/accounts`).then((answer) => answer.items),
  });

export const signOnQuery = queryOptions({
  queryKey: ["sign-on", "settings"],
  queryFn: () => get<SignOnSettings>("/sign-on/settings"),
});

export const viewAsQuery = (id: string) =>
  queryOptions({ queryKey: ["users", id, "view"], queryFn: () => get<ViewAs>(`/users/${id}/view`) });

/** What was granted to a user and has not ended. */
export const userGrantsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["grants", "user", id],
    queryFn: ({ pageParam, signal }) =>
      get<GrantPage>(`/users/${id}/grants`, { limit: 100, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: GrantPage) => last.next_cursor,
  });

export const systemQuery = queryOptions({
  queryKey: ["system"],
  queryFn: () => get<SystemState>("/system"),
});

export const deadJobsQuery = queryOptions({
  queryKey: ["system", "dead"],
  queryFn: () => get<Items<DeadJob>>("/jobs/dead").then((answer) => answer.items),
});

export const keysQuery = queryOptions({ queryKey: ["keys"], queryFn: () => get<KeyStatus>("/keys") });

/** The signed checkpoint as it is: text. */
export const checkpointQuery = queryOptions({
  queryKey: ["ledger", "checkpoint"],
  queryFn: () => send("GET", "/ledger/checkpoint").then((response) => response.text()),
});

export const findingsQuery = (kind: Finding["kind"]) =>
  infiniteQueryOptions({
    queryKey: ["findings", kind],
    queryFn: ({ pageParam, signal }) =>
      get<FindingPage>("/findings", { kind, limit: 50, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: FindingPage) => last.next_cursor,
  });

export const roleConflictsQuery = queryOptions({
  queryKey: ["role-conflicts"],
  queryFn: () => get<RoleConflictsRead>("/role-conflicts"),
});

import { queryOptions } from "@tanstack/react-query";
import { get } from "@/api/client";
import type { Account, EmailState, Factor, Items, Session } from "@/api/types";

/** Own sessions and tokens: this one first, then those used last. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () =>
    get<Items<Session>>("/sessions").then(({ items }) =>
      [...items].sort((a, b) => Number(b.current) - Number(a.current) || b.seen_at.localeCompare(a.seen_at)),
    ),
});

/** The own e-mail address, and what is to come of it. */
export const emailQuery = queryOptions({
  queryKey: ["email"],
  queryFn: () => get<EmailState>("/me/email"),
});

/** Own second factors, in the order that they were added. */
export const factorsQuery = queryOptions({
  queryKey: ["factors"],
  queryFn: () => get<Items<Factor>>("/me/factors").then(({ items }) => items),
});

/** Own accounts at providers of single sign-on. */
export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: () => get<Items<Account>>("/me/accounts").then(({ items }) => items),
});

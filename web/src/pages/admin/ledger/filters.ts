// Filters of the ledger as they stand in the address, and as the API takes them.
import type { Query } from "@/api/client";
import type { Search } from "@/router";
import { many, one } from "../parts/useUrl";
import { BY_PAGES } from "./acts";

export interface LedgerFilters {
  act: string[];
  user: string;
  outcome: string;
  entity: string;
  record: string;
  /** Days, both included, in local time. */
  from: string;
  to: string;
  before: string;
  /** `1`: also what pages ask for by themselves. Who chooses acts sees just these. */
  pages: string;
}

export const OUTCOMES = ["done", "refused", "failed"] as const;

export const filtersOf = (search: Search): LedgerFilters => ({
  act: many(search.act),
  user: one(search.user),
  outcome: one(search.outcome),
  entity: one(search.entity),
  record: one(search.record),
  from: one(search.from),
  to: one(search.to),
  before: one(search.before),
  pages: one(search.pages),
});

/** The moment at which a local day begins, `days` later. */
export function begins(day: string, days = 0): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date + days).toISOString();
}

/** Whether what pages ask for by themselves is left out: there is so much of it that nothing else would be seen. */
export const hidesPages = ({ act, pages }: LedgerFilters): boolean => act.length === 0 && pages !== "1";

export function queryOf(filters: LedgerFilters): Query {
  const { from, to, pages, ...rest } = filters;
  const except = hidesPages(filters) ? BY_PAGES : undefined;
  return { ...rest, except, from: begins(from), to: begins(to, 1), limit: 50 };
}

/** How many filters are set; the page one is on is none. */
export const countOf = ({ before: _, pages: __, act, ...rest }: LedgerFilters): number =>
  Object.values(rest).filter(Boolean).length + (act.length > 0 ? 1 : 0);

export interface Checkpoint {
  origin: string;
  size: number;
  root: string;
  at?: string;
}

/** A signed checkpoint (C2SP tlog-checkpoint): origin, size, root, then more lines before an empty one. */
export function readCheckpoint(text: string): Checkpoint {
  const [head = ""] = text.split("\n\n");
  const [origin = "", size = "0", root = "", ...more] = head.split("\n");
  const at = more.find((line) => line.startsWith("at "))?.slice(3);
  return { origin, size: Number(size) || 0, root, at };
}

// Lists, sums and the search. Words that are searched for and values of conditions may be about people, and addresses are
// kept in histories, logs and proxies: whatever has some goes in the body of a request that reads.
import { get, type Query, request } from "./client";
import type { Items, Page, SearchGroup, Total } from "./types";

const said = (value: Query[string]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";

/** The parameters as members of a body: by the same names, and without those that say nothing. */
export function bodyOf(query: Query): Record<string, unknown> {
  const members = Object.entries(query).filter(([, value]) => said(value));
  return Object.fromEntries(
    members.map(([name, value]) => {
      if (name === "fields") return [name, String(value).split(",")];
      return [name, name === "filter" && !Array.isArray(value) ? [value] : value];
    }),
  );
}

const isPlain = (query: Query): boolean => !said(query.q) && !said(query.filter);

/** One page of a list; `plural` is the entity's plural. */
export const readPage = (plural: string, query: Query, signal?: AbortSignal): Promise<Page> =>
  isPlain(query)
    ? get<Page>(`/${plural}`, query, signal)
    : request<Page>("POST", `/${plural}/query`, { body: bodyOf(query), signal });

/** Counts and sums by group. */
export const readTotals = (plural: string, query: Query, signal?: AbortSignal): Promise<Total[]> =>
  (isPlain(query)
    ? get<Items<Total>>(`/${plural}/totals`, query, signal)
    : request<Items<Total>>("POST", `/${plural}/totals`, { body: bodyOf(query), signal })
  ).then((answer) => answer.items);

/** Records of every entity that hold all these words, so many of each. */
export const searchAll = (q: string, limit: number, signal?: AbortSignal): Promise<SearchGroup[]> =>
  request<{ groups: SearchGroup[] }>("POST", "/search", { body: { q, limit }, signal }).then(
    (answer) => answer.groups,
  );

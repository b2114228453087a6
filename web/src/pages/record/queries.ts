// What the page asks beside the record itself.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, type Query, request } from "@/api/client";
import { readPage } from "@/api/lists";
import { listQuery } from "@/api/queries";
import type {
  Duplicate,
  Entity,
  Fields,
  HistoryPage,
  Id,
  Items,
  LedgerEvent,
  Page,
  RecordChange,
  RecordView,
  WhoCanSee,
} from "@/api/types";
import { isMasked } from "@/lib/entities";

/** A list read page by page. */
export const pagesQuery = (plural: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: ["list", plural, "pages", query],
    queryFn: ({ pageParam, signal }) =>
      readPage(plural, { ...query, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: Page) => last.next_cursor ?? undefined,
  });

export const changesQuery = (plural: string, id: Id) =>
  infiniteQueryOptions({
    queryKey: ["around", plural, id, "changes"],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage<RecordChange>>(
        `/${plural}/${id}/changes`,
        { before: pageParam ?? undefined, limit: 50 },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last: HistoryPage<RecordChange>) => last.next_before ?? undefined,
  });

export const eventsQuery = (plural: string, id: Id) =>
  infiniteQueryOptions({
    queryKey: ["events", plural, id],
    queryFn: ({ pageParam, signal }) =>
      get<HistoryPage<LedgerEvent>>(
        `/${plural}/${id}/events`,
        { before: pageParam ?? undefined, limit: 50 },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last: HistoryPage<LedgerEvent>) => last.next_before ?? undefined,
  });

export const accessQuery = (plural: string, id: Id) =>
  infiniteQueryOptions({
    queryKey: ["access", plural, id],
    queryFn: ({ pageParam, signal }) =>
      get<WhoCanSee>(`/${plural}/${id}/access`, { after: pageParam || undefined, limit: 100 }, signal),
    initialPageParam: "",
    getNextPageParam: (last: WhoCanSee) => last.next_after ?? undefined,
    staleTime: 60_000,
  });

/** What is still to be done on a record, the earliest first. */
export const nextQuery = (id: Id) =>
  listQuery("activities", { parent: id, filter: ["done:eq:false"], sort: "due", limit: 5 });

/** By these fields others with the same are found. */
const TELLING = [
  "name",
  "first_name",
  "last_name",
  "company_name",
  "nip",
  "regon",
  "krs",
  "email",
  "email2",
  "phone",
  "mobile",
];

export function duplicatesQuery(entity: Entity, record: RecordView) {
  const fields: Fields = {};
  for (const { name, flags } of entity.fields) {
    if (flags.read_only) continue;
    const value = record.fields[name];
    if (TELLING.includes(name) && typeof value === "string" && !isMasked(value)) fields[name] = value;
  }
  return queryOptions({
    queryKey: ["duplicates", entity.plural, record.id, fields],
    queryFn: ({ signal }) =>
      request<Items<Duplicate>>("POST", `/${entity.plural}/duplicates`, {
        body: { fields, except: record.id },
        signal,
      }).then((answer) => answer.items),
    enabled: Object.keys(fields).length > 0,
    staleTime: 5 * 60_000,
    retry: false,
  });
}

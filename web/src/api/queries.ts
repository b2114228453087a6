// What several pages ask, as query options: one key, one request, one place.
import { type InfiniteData, type QueryClient, type QueryKey, queryOptions } from "@tanstack/react-query";
import { get, type Query } from "./client";
import { readPage, readTotals } from "./lists";
import type {
  Colleague,
  Entity,
  Items,
  Job,
  Me,
  Notice,
  Page,
  Partner,
  Preferences,
  Providers,
  RecordView,
  Role,
  SavedView,
  SignInWays,
  Team,
} from "./types";

const LONG = 5 * 60_000;

export const meQuery = queryOptions({ queryKey: ["me"], queryFn: () => get<Me>("/me"), staleTime: LONG });

/** What can be done without a session. */
export const waysQuery = queryOptions({
  queryKey: ["sign-in"],
  queryFn: () => get<SignInWays>("/sign-in"),
  staleTime: LONG,
});

export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: () => get<Preferences>("/me/preferences"),
  staleTime: LONG,
});

/** Descriptors of all entities: what forms, tables and filters are made from. */
export const entitiesQuery = queryOptions({
  queryKey: ["entities"],
  queryFn: () => get<Items<Entity>>("/entities").then((answer) => answer.items),
  staleTime: LONG,
});

export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues"],
  queryFn: () => get<Items<Colleague>>("/colleagues").then((answer) => answer.items),
  staleTime: LONG,
});

/** Who could be given records of any of these entities. */
export const ownersQuery = (entities: string[]) =>
  queryOptions({
    queryKey: ["colleagues", "owners", ...entities],
    queryFn: () => get<Items<Colleague>>("/colleagues", { to_own: entities }).then((answer) => answer.items),
    staleTime: LONG,
    enabled: entities.length > 0,
  });

export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: () => get<Items<Team>>("/teams").then((answer) => answer.items),
  staleTime: LONG,
});

/** Partners, as far as the user may know them. */
export const partnersQuery = queryOptions({
  queryKey: ["partners"],
  queryFn: () => get<Items<Partner>>("/partners").then((answer) => answer.items),
  staleTime: LONG,
});

export const rolesQuery = queryOptions({
  queryKey: ["roles"],
  queryFn: () => get<Items<Role>>("/roles").then((answer) => answer.items),
});

export const noticesQuery = queryOptions({
  queryKey: ["notices"],
  queryFn: () => get<Items<Notice>>("/notices").then((answer) => answer.items),
});

/** Under way while notices are being marked as read: what the server tells meanwhile knows of some of them only. */
export const readingNotices = { mutationKey: ["notices", "read"] };

export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: () => get<Items<Job>>("/jobs").then((answer) => answer.items),
});

/** One job with all that came of it: lists leave out the rows of reports, the stream all of it. */
export const jobQuery = (id: string) =>
  queryOptions({ queryKey: ["job", id], queryFn: () => get<Job>(`/jobs/${id}`) });

export const viewsQuery = (entity: string) =>
  queryOptions({
    queryKey: ["views", entity],
    queryFn: () => get<Items<SavedView>>("/views", { entity }).then((answer) => answer.items),
    staleTime: LONG,
  });

/** One page of a list; `plural` is the entity's plural. */
export const listQuery = (plural: string, query: Query) =>
  queryOptions({
    queryKey: ["list", plural, query],
    queryFn: ({ signal }) => readPage(plural, query, signal),
  });

export const totalsQuery = (plural: string, query: Query) =>
  queryOptions({
    queryKey: ["totals", plural, query],
    queryFn: ({ signal }) => readTotals(plural, query, signal),
  });

export const recordQuery = (plural: string, id: string) =>
  queryOptions({
    queryKey: ["record", plural, id],
    queryFn: ({ signal }) => get<RecordView>(`/${plural}/${id}`, undefined, signal),
  });

/** Pages of a long list that are asked for again. */
export const AGAIN = 5;

/** Asking again for all pages of a list scrolled far down would be dozens of requests: the rest comes by scrolling. */
const shorten = (known: unknown): unknown => {
  const list = known as InfiniteData<Page> | undefined;
  if (!list?.pages || list.pages.length <= AGAIN) return known;
  return { pages: list.pages.slice(0, AGAIN), pageParams: list.pageParams.slice(0, AGAIN) };
};

/** Lists of an entity; after a change of activities also those that tell the next one of each record. */
const listsOf =
  (plural: string) =>
  ({ queryKey: [kind, of, part, query] }: { queryKey: QueryKey }): boolean => {
    if (kind !== "list" || of === plural) return kind === "list";
    return (
      plural === "activities" && (part === "rows" || (query as Query | undefined)?.next_activity === true)
    );
  };

const isLong = ({ state }: { state: { data: unknown } }): boolean =>
  ((state.data as InfiniteData<unknown> | undefined)?.pages?.length ?? 0) > AGAIN;

/** After a switch of language: what the server said in words, it is to say in the other one. */
export function sayAgain(client: QueryClient): void {
  client.setQueriesData({ predicate: isLong }, shorten);
  void client.invalidateQueries();
}

/** After a change of records of one entity: what is on screen is asked again. */
export function changed(client: QueryClient, plural: string, id?: string): void {
  const lists = listsOf(plural);
  client.setQueriesData({ predicate: (query) => query.queryKey[2] === "rows" && lists(query) }, shorten);
  void client.invalidateQueries({ predicate: lists });
  void client.invalidateQueries({ queryKey: ["totals", plural] });
  void client.invalidateQueries({ queryKey: ["around"] });
  if (id) void client.invalidateQueries({ queryKey: ["record", plural, id] });
}

/** Through whom one can sign in. */
export const providersQuery = queryOptions({
  queryKey: ["sign-on"],
  queryFn: () => get<Providers>("/sign-on"),
  staleTime: Number.POSITIVE_INFINITY,
});

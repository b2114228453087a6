// What rights were, would be, and why they are.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Preview = Schemas["Preview"];
export type RoleVersion = Schemas["RoleVersion"];
export type Why = Schemas["Why"];

/** Versions of a role, newest first. */
export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["roles", id, "versions"],
    queryFn: ({ pageParam, signal }) =>
      get<Schemas["RoleVersionPage"]>(
        `/roles/${id}/versions`,
        { before: pageParam ?? undefined, limit: 20 },
        signal,
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last: Schemas["RoleVersionPage"]) => last.next_before ?? undefined,
  });

/** Whom it would concern if a role or a user were so; `path` is the role's or the user's. */
export const previewQuery = (path: string, version: number, body: object) =>
  queryOptions({
    queryKey: ["preview", path, version, body],
    queryFn: () => request<Preview>("POST", `${path}/preview`, { body }),
    staleTime: 0,
    gcTime: 0,
  });

export interface Asked {
  user: string;
  entity: string;
  record: string;
  action: string;
  field: string;
  at: string;
}

/** Why somebody may do something to a record, or may not. */
export const whyQuery = ({ user, entity, record, action, field, at }: Asked) =>
  queryOptions({
    queryKey: ["access", "why", user, entity, record, action, field, at],
    queryFn: ({ signal }) =>
      get<Why>(
        "/explain",
        { user, entity, record, action, field: field || undefined, at: at || undefined },
        signal,
      ),
    staleTime: 0,
  });

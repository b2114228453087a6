// Descriptors in use: what a page needs to know of an entity and its fields.
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, entitiesQuery, meQuery, preferencesQuery, teamsQuery } from "@/api/queries";
import type {
  Action,
  Entity,
  Field,
  Fields,
  MaskedValue,
  Me,
  Preferences,
  Thing,
  Value,
  Verb,
} from "@/api/types";

/** Whoever draws from descriptors is drawn anew when the language changes: their labels are in both. */
export function useEntities(): Entity[] {
  useTranslation();
  return useSuspenseQuery(entitiesQuery).data;
}

/** By name ("person") or plural ("people"). */
export const findEntity = (entities: Entity[], name: string): Entity | undefined =>
  entities.find((e) => e.name === name || e.plural === name);

export function useEntity(name: string): Entity {
  const found = findEntity(useEntities(), name);
  if (!found) throw new Error(`no entity ${name}`);
  return found;
}

export const fieldOf = (entity: Entity, name: string): Field | undefined =>
  entity.fields.find((f) => f.name === name);

export const useMe = (): Me => useSuspenseQuery(meQuery).data;

export const usePreferences = (): Preferences => useQuery(preferencesQuery).data ?? {};

/** Name of a user or team by id. */
export function useNames(): (id: string) => string {
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const names = new Map(colleagues.map((c) => [c.id, c.name]));
  return (id) => names.get(id) ?? "";
}

export function useTeamNames(): (id: string) => string {
  const { data: teams = [] } = useQuery(teamsQuery);
  const names = new Map(teams.map((t) => [t.id, t.name]));
  return (id) => names.get(id) ?? "";
}

/** Whether the user has the right at all, on some record. The server decides about each. */
export const mayAt = (me: Me, action: Action, entity: string): boolean => {
  const scope = me.entities[entity]?.[action];
  return scope !== undefined && scope !== "none";
};

export const mayManage = (me: Me, thing: Thing, verb: Verb = "read"): boolean => {
  const given = me.things[thing];
  return given === "manage" || given === verb;
};

export const isMasked = (value: Value | undefined): value is MaskedValue =>
  typeof value === "object" && value !== null && "masked" in value;

/** The title of a record by its own title field; empty if that is hidden. */
export function titleOf(entity: Entity, fields: Fields): string {
  const value = fields[entity.title];
  if (typeof value === "string") return value;
  return isMasked(value) ? value.display : "";
}

export const PARTIES = ["company", "person", "lead"];

// Descriptors in use: what a page needs to know of an entity and its fields.
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useCallback } from "react";
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

/** Oneself, if one is of a partner: nobody of the house is known by name there, and not asked for. */
function useGuest(): Me | undefined {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  return me?.partner ? me : undefined;
}

type Names = (id: string) => string;

/** One look-up for all who ask of the same list: many values on a page name users. */
const lookups = new WeakMap<object, Names>();
const NOBODY: { id: string; name: string }[] = [];

function namesIn(list = NOBODY): Names {
  let found = lookups.get(list);
  if (!found) {
    const names = new Map(list.map(({ id, name }) => [id, name]));
    found = (id) => names.get(id) ?? "";
    lookups.set(list, found);
  }
  return found;
}

/** Name of a user or team by id; the same function as long as the names are. */
export function useNames(): Names {
  const guest = useGuest();
  const names = namesIn(useQuery({ ...colleaguesQuery, enabled: !guest }).data);
  const organisation = guest?.organisation ?? "";
  const house = useCallback(() => organisation, [organisation]);
  return guest ? house : names;
}

export const useTeamNames = (): Names =>
  namesIn(useQuery({ ...teamsQuery, enabled: useGuest() === undefined }).data);

/** Whether the user's roles give the right, on some record. The server decides about each. */
export const mayAt = (me: Me, action: Action, entity: string): boolean => {
  const scope = me.entities[entity]?.[action];
  return scope !== undefined && scope !== "none";
};

/** Whether the user has the right on some record: by a role, or because a record was shared with this user. */
export const reaches = (me: Me, action: Action, entity: string): boolean =>
  mayAt(me, action, entity) || (me.granted[entity]?.includes(action) ?? false);

export const mayManage = (me: Me, thing: Thing, verb: Verb = "read"): boolean => {
  const given = me.things[thing];
  return given === "manage" || given === verb;
};

/** What of these fields a list may be asked for, as its parameter `fields`: a hidden one would be refused. */
export function onlyFields(me: Me, entity: Entity, names: string[]): string {
  const hidden = me.hidden[entity.name] ?? [];
  return [...new Set(names)]
    .filter((name) => !hidden.includes(name))
    .sort()
    .join();
}

export const isMasked = (value: Value | undefined): value is MaskedValue =>
  typeof value === "object" && value !== null && "masked" in value;

/** The title of a record by its own title field; empty if that is hidden. */
export function titleOf(entity: Entity, fields: Fields): string {
  const value = fields[entity.title];
  if (typeof value === "string") return value;
  return isMasked(value) ? value.display : "";
}

export const PARTIES = ["company", "person", "lead"];

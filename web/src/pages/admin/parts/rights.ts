// Roles as data: what they consist of, in which order, and how two of them differ.
import type { Action, Entity, EntityRights, Level, Role, RoleInput, Scope, Thing, Verb } from "@/api/types";

export const ACTIONS: Action[] = [
  "read",
  "create",
  "update",
  "delete",
  "export",
  "import",
  "share",
  "merge",
  "reveal",
  "erase",
];
export const SCOPES: Scope[] = ["none", "own", "team", "below", "all"];
export const LEVELS: Level[] = ["hidden", "masked", "read", "write"];
export const THINGS: Thing[] = ["users", "teams", "roles", "fields", "ledger", "keys", "sessions", "system"];
export const VERBS: ("none" | Verb)[] = ["none", "read", "manage"];

type Part = "scope" | "level" | "trade" | "special" | "field" | "denial" | "thing" | "label" | "name";

export interface Difference {
  part: Part;
  /** Entity, where there is one. */
  entity?: string;
  /** Action, field or thing. */
  what?: string;
  /** Codes; for names and labels, the text itself. Absent: as the field's own kind says. */
  from: string;
  to: string;
  /** Whether the holder may do more than before, less, or neither. */
  sense: "wider" | "narrower" | "neutral";
}

export const inputOf = (role: Role): RoleInput => ({
  name: role.name,
  label: role.label,
  entities: role.entities,
  denials: role.denials,
  things: role.things,
});

const sense = (order: string[], from: string, to: string): Difference["sense"] => {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  if (a < 0 || b < 0 || a === b) return "neutral";
  return b > a ? "wider" : "narrower";
};

const lower = (a: Level, b: Level): Level => (LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b);

/** The level that trade or special data really has: never above that of ordinary fields. */
export const levelOf = (rights: EntityRights, part: "level" | "trade" | "special"): Level => {
  const level = rights.level ?? "hidden";
  if (part === "level") return level;
  return lower(level, rights[part] ?? (part === "trade" ? level : "hidden"));
};

export type FlagsOf = (entity: string, field: string) => { trade: boolean; special: boolean } | undefined;

/** The level that a field's own kind gives it; of a field that is both, the lower one. */
function kindLevel(rights: EntityRights, flags: ReturnType<FlagsOf>): Level {
  const trade = flags?.trade ? levelOf(rights, "trade") : "write";
  const special = flags?.special ? levelOf(rights, "special") : "write";
  return lower(levelOf(rights, "level"), lower(trade, special));
}

function entityDifferences(
  entity: string,
  old: EntityRights,
  next: EntityRights,
  flagsOf: FlagsOf,
): Difference[] {
  const found: Difference[] = [];
  const add = (part: Part, what: string | undefined, order: string[], from: string, to: string) => {
    if (from !== to) found.push({ part, entity, what, from, to, sense: sense(order, from, to) });
  };
  for (const action of ACTIONS)
    add("scope", action, SCOPES, old.scopes?.[action] ?? "none", next.scopes?.[action] ?? "none");
  add("level", undefined, LEVELS, levelOf(old, "level"), levelOf(next, "level"));
  for (const part of ["trade", "special"] as const)
    add(part, undefined, LEVELS, old[part] ?? `as-${part}`, next[part] ?? `as-${part}`);
  const names = new Set([...Object.keys(old.fields ?? {}), ...Object.keys(next.fields ?? {})]);
  for (const name of [...names].sort())
    add("field", name, LEVELS, old.fields?.[name] ?? "as-kind", next.fields?.[name] ?? "as-kind");
  for (const one of found)
    if (one.part === "trade" || one.part === "special")
      one.sense = sense(LEVELS, levelOf(old, one.part), levelOf(next, one.part));
    else if (one.part === "field") {
      const { what = "" } = one;
      const [was, is] = [old, next].map(
        (rights) => rights.fields?.[what] ?? kindLevel(rights, flagsOf(entity, what)),
      );
      one.sense = sense(LEVELS, was ?? "hidden", is ?? "hidden");
    }
  return found;
}

/** Everything that differs between a role as it is and as it is to be. */
export function differences(
  old: RoleInput,
  next: RoleInput,
  flagsOf: FlagsOf = () => undefined,
): Difference[] {
  const found: Difference[] = [];
  if (old.name !== next.name) found.push({ part: "name", from: old.name, to: next.name, sense: "neutral" });
  for (const lang of ["pl", "en"] as const)
    if (old.label[lang] !== next.label[lang])
      found.push({
        part: "label",
        what: lang,
        from: old.label[lang],
        to: next.label[lang],
        sense: "neutral",
      });
  const entities = new Set([...Object.keys(old.entities ?? {}), ...Object.keys(next.entities ?? {})]);
  for (const entity of entities)
    found.push(
      ...entityDifferences(entity, old.entities?.[entity] ?? {}, next.entities?.[entity] ?? {}, flagsOf),
    );
  const denied = new Set([...Object.keys(old.denials ?? {}), ...Object.keys(next.denials ?? {})]);
  for (const entity of denied)
    for (const action of ACTIONS) {
      const [was, is] = [old, next].map((role) => role.denials?.[entity]?.includes(action) ?? false);
      if (was === is) continue;
      const [from, to] = was ? ["denied", "not-denied"] : ["not-denied", "denied"];
      found.push({ part: "denial", entity, what: action, from, to, sense: was ? "wider" : "narrower" });
    }
  for (const thing of THINGS) {
    const [from, to] = [old.things?.[thing] ?? "none", next.things?.[thing] ?? "none"];
    if (from !== to) found.push({ part: "thing", what: thing, from, to, sense: sense(VERBS, from, to) });
  }
  return found;
}

/**
 * Without what says nothing: no entry is the same as none, and shorter to read. Levels of fields that an entity
 * does not have go too: built-in roles name some, and the server takes no such name back.
 */
export function tidy(role: RoleInput, known: Entity[]): RoleInput {
  const entities: Record<string, EntityRights> = {};
  for (const [name, rights] of Object.entries(role.entities ?? {})) {
    const scopes = Object.fromEntries(Object.entries(rights.scopes ?? {}).filter(([, s]) => s !== "none"));
    const names = new Set(known.find((entity) => entity.name === name)?.fields.map((field) => field.name));
    const fields = Object.fromEntries(Object.entries(rights.fields ?? {}).filter(([one]) => names.has(one)));
    const says =
      Object.keys(scopes).length > 0 ||
      Object.keys(fields).length > 0 ||
      (rights.level ?? "hidden") !== "hidden" ||
      rights.trade ||
      rights.special;
    if (says) entities[name] = { ...rights, scopes, fields };
  }
  const denials = Object.fromEntries(Object.entries(role.denials ?? {}).filter(([, a]) => a.length > 0));
  const things = Object.fromEntries(
    Object.entries(role.things ?? {}).filter(([, v]) => (v as string) !== "none"),
  );
  return { ...role, entities, denials, things };
}

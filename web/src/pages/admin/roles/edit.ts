// Changes of a role that is being edited; each gives a new one.
import type { Action, EntityRights, Level, RoleInput, Scope, Thing, TokenScope, Verb } from "@/api/types";

const rightsOf = (role: RoleInput, entity: string): EntityRights => role.entities?.[entity] ?? {};

const withRights = (role: RoleInput, entity: string, change: Partial<EntityRights>): RoleInput => ({
  ...role,
  entities: { ...role.entities, [entity]: { ...rightsOf(role, entity), ...change } },
});

export const setScope = (role: RoleInput, entity: string, action: Action, scope: Scope): RoleInput =>
  withRights(role, entity, { scopes: { ...rightsOf(role, entity).scopes, [action]: scope } });

export const setLevel = (
  role: RoleInput,
  entity: string,
  part: "level" | "trade" | "special",
  level: Level | null,
): RoleInput => withRights(role, entity, { [part]: level });

export function setField(role: RoleInput, entity: string, field: string, level: Level | null): RoleInput {
  const { [field]: _, ...rest } = rightsOf(role, entity).fields ?? {};
  return withRights(role, entity, { fields: level ? { ...rest, [field]: level } : rest });
}

export function setDenial(role: RoleInput, entity: string, action: Action, denied: boolean): RoleInput {
  const rest = (role.denials?.[entity] ?? []).filter((one) => one !== action);
  return { ...role, denials: { ...role.denials, [entity]: denied ? [...rest, action] : rest } };
}

/** Of a role, or of the scope of a token. */
export function setThing<T extends RoleInput | TokenScope>(of: T, thing: Thing, verb: "none" | Verb): T {
  const { [thing]: _, ...rest } = of.things ?? {};
  return { ...of, things: verb === "none" ? rest : { ...rest, [thing]: verb } };
}

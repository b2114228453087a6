// What is said when a record is shared, apart from how it is asked for.
import type { Action, Entity, Grant, GrantCreate, Id, Role } from "@/api/types";
import { inWords } from "@/i18n";
import { addDays, dateFrom } from "@/lib/days";
import { compare } from "@/lib/format";

export const REASON_MIN = 5;
export const REASON_MAX = 500;
/** How long something is shared for unless another day is chosen. */
export const DAYS = 30;

/** Roles that every instance has, which are made to be given on single records. */
const BUILT_IN = {
  viewer: "6b6c7563-0000-8000-8000-7a6e696b0008",
  contributor: "6b6c7563-0000-8000-8000-7a6e696b0009",
};
const SHARED_FIRST: Id[] = [BUILT_IN.viewer, BUILT_IN.contributor];

export const VIEWER: Id = BUILT_IN.viewer;

export interface RoleChoice {
  value: Id;
  label: string;
  /** What it lets do to such a record. */
  actions: Action[];
}

/** The roles that can be offered to somebody who may not look at all of them. */
export function builtInRoles(entity: Entity, label: (name: keyof typeof BUILT_IN) => string): RoleChoice[] {
  const works: Action[] = entity.parents.length > 0 ? ["read", "create", "update"] : ["read", "update"];
  return [
    { value: BUILT_IN.viewer, label: label("viewer"), actions: ["read"] },
    { value: BUILT_IN.contributor, label: label("contributor"), actions: works },
  ];
}

/** Those of all roles that let such a record be read, the ones meant for it first. */
export function fittingRoles(entity: Entity, roles: Role[]): RoleChoice[] {
  const choices = roles.flatMap((role) => {
    const scopes = Object.entries(role.entities[entity.name]?.scopes ?? {});
    const actions = scopes.filter(([, scope]) => scope !== "none").map(([action]) => action as Action);
    return actions.includes("read") ? [{ value: role.id, label: inWords(role.label), actions }] : [];
  });
  const rank = ({ value }: RoleChoice) =>
    (SHARED_FIRST.indexOf(value) + SHARED_FIRST.length + 1) % (SHARED_FIRST.length + 1);
  return choices.sort((a, b) => rank(a) - rank(b) || compare(a.label, b.label));
}

/** What is written into the dialog. */
export interface Draft {
  /** `user:ID`, `team:ID` or `partner:ID`. */
  to: string | null;
  role: Id;
  related: boolean;
  /** None chosen: all. */
  fields: string[];
  /** A day, or empty. */
  until: string;
  reason: string;
}

export const firstDraft = (today: string): Draft => ({
  to: null,
  role: VIEWER,
  related: false,
  fields: [],
  until: addDays(today, DAYS),
  reason: "",
});

/** The last second of a day, where the user is. */
export function endOf(day: string): string {
  const at = dateFrom(day);
  at.setHours(23, 59, 59);
  return at.toISOString();
}

/** Reasons are counted as the server keeps them. */
export const tidy = (reason: string): string => reason.trim().split(/\s+/).join(" ");

/** What the server is asked; nothing as long as there is nobody to share with. */
export function bodyOf(draft: Draft): GrantCreate | null {
  const [kind, id] = draft.to?.split(":") ?? [];
  if (!id) return null;
  return {
    to: kind === "team" ? { team: id } : kind === "partner" ? { partner: id } : { user: id },
    role: draft.role,
    with_related: draft.related,
    ...(draft.fields.length > 0 && { fields: draft.fields }),
    ...(draft.until && { until: endOf(draft.until) }),
    reason: tidy(draft.reason),
  };
}

const STATES: Grant["state"][] = ["in_force", "pending", "ended"];

/** What is in force first, then what will be; the latest first. */
export const inOrder = (grants: Grant[]): Grant[] =>
  [...grants].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || Date.parse(b.at) - Date.parse(a.at),
  );

/** For whom a grant is, by name. */
export const granteeOf = (grant: Grant): string =>
  grant.user?.name || grant.team?.name || grant.partner?.name || "";

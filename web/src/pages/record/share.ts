// What is said when a record is shared, apart from how it is asked for.
import type { Grant, GrantableRole, GrantCreate, Id } from "@/api/types";
import { addDays, dateFrom } from "@/lib/days";
import { compare } from "@/lib/format";
import { REASON_MIN, tidy } from "@/lib/reason";

/** How long something is shared for unless another day is chosen. */
export const DAYS = 30;

/** Roles that every instance has, which are made to be given on single records. */
export const VIEWER: Id = "6b6c7563-0000-8000-8000-7a6e696b0008";
export const CONTRIBUTOR: Id = "6b6c7563-0000-8000-8000-7a6e696b0009";
const SHARED_FIRST = [VIEWER, CONTRIBUTOR];

/** The roles that may be given, those made for it first. */
export function inRoleOrder(roles: GrantableRole[]): GrantableRole[] {
  const rank = ({ id }: GrantableRole) =>
    (SHARED_FIRST.indexOf(id) + SHARED_FIRST.length + 1) % (SHARED_FIRST.length + 1);
  return [...roles].sort((a, b) => rank(a) - rank(b) || compare(a.label, b.label));
}

/** What is written into the dialog. */
export interface Draft {
  /** `user:ID`, `team:ID` or `partner:ID`. */
  to: string | null;
  /** The first that may be given, until one is chosen. */
  role: Id | null;
  related: boolean;
  /** None chosen: all. */
  fields: string[];
  /** A day, or empty: at once. */
  from: string;
  /** A day, or empty. */
  until: string;
  reason: string;
}

/** What of the record is given, whoever gets it. */
export type Gift = Pick<Draft, "role" | "related" | "fields">;

export const firstDraft = (today: string): Draft => ({
  to: null,
  role: null,
  related: false,
  fields: [],
  from: "",
  until: addDays(today, DAYS),
  reason: "",
});

/** The chosen one of the roles that may be given; nothing once it may not be given any more. */
export const roleOf = ({ role }: Pick<Draft, "role">, roles: GrantableRole[]): GrantableRole | undefined =>
  role ? roles.find(({ id }) => id === role) : roles[0];

/** The last second of a day, where the user is. */
export function endOf(day: string): string {
  const at = dateFrom(day);
  at.setHours(23, 59, 59);
  return at.toISOString();
}

export type Missing = "to" | "role" | "reason";

/** What the server is asked; or what is still missing, so that it is not asked. */
export function bodyOf(draft: Draft, role: Id | undefined): GrantCreate | Missing[] {
  const [kind, id] = draft.to?.split(":") ?? [];
  const reason = tidy(draft.reason);
  const missing: Missing[] = [];
  if (!id) missing.push("to");
  if (!role) missing.push("role");
  if (reason.length < REASON_MIN) missing.push("reason");
  if (!id || !role || missing.length > 0) return missing;
  return {
    to: kind === "team" ? { team: id } : kind === "partner" ? { partner: id } : { user: id },
    role,
    with_related: draft.related,
    ...(draft.fields.length > 0 && { fields: draft.fields }),
    ...(draft.from && { from: dateFrom(draft.from).toISOString() }),
    ...(draft.until && { until: endOf(draft.until) }),
    reason,
  };
}

const STATES: Grant["state"][] = ["in_force", "pending", "ended"];

/** What is in force first, then what will be; the latest first. */
export const inOrder = (grants: Grant[]): Grant[] =>
  [...grants].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || Date.parse(b.at) - Date.parse(a.at),
  );

/** For whom a grant is, by name. */
export const granteeOf = (grant: Pick<Grant, "user" | "team" | "partner">): string =>
  grant.user?.name || grant.team?.name || grant.partner?.name || "";

const SOON_MS = 7 * 24 * 3_600_000;

/** Whether it ends within seven days. */
export const endsSoon = ({ state, until }: Grant, now = Date.now()): boolean =>
  state === "in_force" && until !== null && Date.parse(until) - now <= SOON_MS;

/** The longest that anything is shared for, in days from today; with a partner, or somebody of one, a year. */
const LONGEST = 731;
const LONGEST_PARTNER = 365;

/** The day that a renewal begins with: as long as usual from the later of today and the end, as far as that may be. */
export function renewedUntil(
  { until, state, partner }: Grant,
  today: string,
  dayOf: (at: Date) => string,
): string {
  const end = until && state !== "ended" ? dayOf(new Date(until)) : today;
  const usual = addDays(end > today ? end : today, DAYS);
  const last = addDays(today, partner ? LONGEST_PARTNER : LONGEST);
  return usual < last ? usual : last;
}

// The scope of a token that is being made, and its end.
import type { Action, TokenScope } from "@/api/types";
import { dayOf } from "@/lib/days";

export function toggle(scope: TokenScope, entity: string, action: Action, on: boolean): TokenScope {
  const rest = (scope.entities[entity] ?? []).filter((one) => one !== action);
  return { ...scope, entities: { ...scope.entities, [entity]: on ? [...rest, action] : rest } };
}

/** Without what allows nothing. */
export function tidyScope(scope: TokenScope): TokenScope {
  const entities = Object.fromEntries(Object.entries(scope.entities).filter(([, a]) => a.length > 0));
  return { entities, things: scope.things ?? {} };
}

const two = (value: number) => String(value).padStart(2, "0");

/** The day some days from now, in local time. */
export function dayIn(days: number, now = new Date()): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The day that is offered for the end: in some days, or the one on which what the token is of ends before that. */
export function firstEnd(days: number, until?: string, now = new Date()): string {
  const day = dayIn(days, now);
  const last = until ? dayOf(new Date(until)) : day;
  return last < day ? last : day;
}

/**
 * The last moment of a local day, or of what the token is of if that ends on this day; nothing if it is no day, which
 * the server then refuses.
 */
export function endOf(day: string, until?: string): string | undefined {
  if (until && dayOf(new Date(until)) === day) return until;
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date, 23, 59, 59).toISOString();
}

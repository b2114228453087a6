// The scope of a token that is being made, and its end.
import type { Action, TokenScope } from "@/api/types";

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

/** The last moment of a local day; nothing if it is no day, which the server then refuses. */
export function endOf(day: string): string | undefined {
  const [year, month, date] = day.split("-").map(Number);
  if (!year || !month || !date) return undefined;
  return new Date(year, month - 1, date, 23, 59, 59).toISOString();
}

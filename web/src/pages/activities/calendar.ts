// Days, weeks and months of local time; weeks begin on Monday.
import type { Row } from "@/api/types";
import { addDays, dateFrom, dayOf } from "@/lib/days";

export const SPANS = ["month", "week", "day"] as const;
export type Span = (typeof SPANS)[number];

export const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(dateFrom(text)) === text;

/** The same day of another month, or that month's last. */
export function addMonths(day: string, months: number): string {
  const at = dateFrom(day);
  const first = new Date(at.getFullYear(), at.getMonth() + months, 1);
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  first.setDate(Math.min(at.getDate(), last));
  return dayOf(first);
}

export const weekStart = (day: string): string => addDays(day, -((dateFrom(day).getDay() + 6) % 7));

/** What is on screen: whole weeks of a month, a week or a day, in rows. */
export function rowsOf(span: Span, on: string): string[][] {
  if (span === "day") return [[on]];
  const week = (monday: string) => Array.from({ length: 7 }, (_, i) => addDays(monday, i));
  if (span === "week") return [week(weekStart(on))];
  const month = on.slice(0, 7);
  const rows: string[][] = [];
  for (let monday = weekStart(`${month}-01`); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    rows.push(week(monday));
  return rows;
}

export function step(span: Span, on: string, by: 1 | -1): string {
  if (span === "month") return addMonths(on, by);
  return addDays(on, span === "week" ? 7 * by : by);
}

/** From the first moment of the first day to the first after the last. */
export function rangeOf(rows: string[][]): { from: string; to: string } {
  const days = rows.flat();
  const last = days.at(-1) ?? "";
  return { from: dateFrom(days[0] ?? "").toISOString(), to: dateFrom(addDays(last, 1)).toISOString() };
}

/** The moment on another day, at the same time of the clock. */
export function onDay(moment: string, day: string): string {
  const at = new Date(moment);
  const to = dateFrom(day);
  to.setHours(at.getHours(), at.getMinutes(), at.getSeconds(), at.getMilliseconds());
  return to.toISOString();
}

const textOf = (row: Row, field: string): string | undefined => {
  const value = row.fields[field];
  return typeof value === "string" ? value : undefined;
};

/** What an activity is drawn from beside its title, on a day or in a list of what is to be done. */
export const CHIP = ["kind", "due", "until", "done"];

export const dueOf = (row: Row) => textOf(row, "due");

/** The fields of an activity that is put on another day; its end moves as many days as its beginning. */
export function movedTo(row: Row, day: string): { due: string; until?: string } | null {
  const due = dueOf(row);
  if (!due) return { due: onDay(new Date(2000, 0, 1, 9).toISOString(), day) };
  if (dayOf(new Date(due)) === day) return null;
  const until = textOf(row, "until");
  if (!until) return { due: onDay(due, day) };
  const days = Math.round(
    (dateFrom(dayOf(new Date(until))).getTime() - dateFrom(dayOf(new Date(due))).getTime()) / 86_400_000,
  );
  return { due: onDay(due, day), until: onDay(until, addDays(day, days)) };
}

export const isOverdue = (row: Row, now: Date): boolean => {
  const due = dueOf(row);
  return row.fields.done !== true && due !== undefined && new Date(due) < now;
};

/** Activities by the day on which they are due, each day in the order of the clock. */
export function byDay(rows: Row[]): Map<string, Row[]> {
  const days = new Map<string, Row[]>();
  for (const row of [...rows].sort((a, b) => (dueOf(a) ?? "").localeCompare(dueOf(b) ?? ""))) {
    const due = dueOf(row);
    if (!due) continue;
    const day = dayOf(new Date(due));
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return days;
}

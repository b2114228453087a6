import { dayOf } from "@/lib/days";

/** Entries by local day, newest day and newest entry first. */
export function byDay<T extends { at: string }>(entries: T[]): { day: string; entries: T[] }[] {
  const days: { day: string; entries: T[] }[] = [];
  for (const entry of [...entries].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) {
    const day = dayOf(new Date(entry.at));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/**
 * What can be shown in order while some sources have older pages: nothing older than the youngest of the ends
 * of what was loaded from each of those.
 */
export function upTo<T extends { at: string }>(entries: T[], ends: (string | undefined)[]): T[] {
  const known = ends.filter((end) => end !== undefined).map((end) => Date.parse(end));
  if (known.length === 0) return entries;
  const horizon = Math.max(...known);
  return entries.filter((entry) => Date.parse(entry.at) >= horizon);
}

// Hours of the week in which people may work: how they read, and what they come to day by day.
import type { HoursSpan, WorkingHours } from "@/api/types";
import { currentLang } from "@/i18n";
import { weekday } from "./format";

export const DEFAULT_ZONE = "Europe/Warsaw";
/** Monday to Sunday, as the server numbers them. */
export const DAYS = [1, 2, 3, 4, 5, 6, 7];
const DAY = 1_440;
const WEEK = 7 * DAY;

/** The first of January 2024 was a Monday. */
export const dayName = (day: number, length: "short" | "long" = "short"): string =>
  weekday(new Date(2024, 0, day), length);

const minutesOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
};

/** `08:00` as it is spoken of: `8:00`. */
export const timeText = (time: string): string => time.replace(/^0(?=\d:)/, "");

const timeOf = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** Days as people name them: those that follow each other by the first and the last. */
function daysText(days: number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last && last.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const name = (run: number[]) => {
    const names = run.map((day) => dayName(day));
    return run.length > 2 ? `${names[0]}–${names.at(-1)}` : names.join(", ");
  };
  return runs.map(name).join(", ");
}

/** `Mon–Fri 8:00–18:00`; a zone is named if it is not the one that holds anyway. */
export function hoursText({ zone, spans }: WorkingHours): string {
  const text = spans.map(({ days, from, until }) => `${daysText(days)} ${timeText(from)}–${timeText(until)}`);
  return text.join("; ") + (zone && zone !== DEFAULT_ZONE ? ` (${zone})` : "");
}

/** What the spans come to on each day, Monday first. */
export function weekOf(spans: HoursSpan[]): string[][] {
  const free = new Array<boolean>(WEEK).fill(false);
  for (const { days, from, until } of spans) {
    const [begin, end] = [minutesOf(from), minutesOf(until)];
    const length = begin < end ? end - begin : end + DAY - begin;
    for (const day of days)
      for (let n = 0; n < length; n++) free[((day - 1) * DAY + begin + n) % WEEK] = true;
  }
  return DAYS.map((day) => {
    const found: string[] = [];
    let begin: number | null = null;
    for (let minute = 0; minute <= DAY; minute++) {
      const works = minute < DAY && free[(day - 1) * DAY + minute];
      if (works) begin ??= minute;
      else if (begin !== null) {
        found.push(`${timeOf(begin)}–${timeOf(minute)}`);
        begin = null;
      }
    }
    return found;
  });
}

/** What is wrong with a span, if anything. */
export function flaw({ days, from, until }: HoursSpan): "days" | "time" | "same" | null {
  if (days.length === 0) return "days";
  if (!from || !until) return "time";
  return from === until ? "same" : null;
}

/** The zones that the browser knows; the one in use is among them. */
export function zones(present: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([...known, DEFAULT_ZONE, present])].sort();
}

/** A moment by the clocks of a zone: the time alone on the day of `by`, and the day before it otherwise. */
export function momentText(moment: string, zone: string, by: string): string {
  const lang = currentLang() === "pl" ? "pl-PL" : "en-GB";
  const part = (value: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(lang, { timeZone: zone, ...options }).format(new Date(value));
  const day = (value: string) => part(value, { weekday: "long", day: "numeric", month: "long" });
  const time = timeText(part(moment, { hour: "2-digit", minute: "2-digit" }));
  const elsewhere = zone !== Intl.DateTimeFormat().resolvedOptions().timeZone ? ` (${zone})` : "";
  return `${day(moment) === day(by) ? "" : `${day(moment)}, `}${time}${elsewhere}`;
}

// Dates, numbers and money as the language in use writes them. Times are local; the ISO form is for hovering.

import type { Money } from "@/api/types";
import { currentLang } from "@/i18n";

const locale = () => (currentLang() === "pl" ? "pl-PL" : "en-GB");

type Kept =
  | Intl.DateTimeFormat
  | Intl.NumberFormat
  | Intl.Collator
  | Intl.RelativeTimeFormat
  | Intl.DisplayNames;

const kept = new Map<string, Kept>();

function make<T extends Kept>(name: string, build: (locale: string) => T): T {
  const key = `${locale()} ${name}`;
  let found = kept.get(key) as T | undefined;
  if (!found) {
    found = build(locale());
    kept.set(key, found);
  }
  return found;
}

export function number(value: number, digits = 0): string {
  return make(
    `number ${digits}`,
    // Polish drops the grouping of four digits unless told always.
    (l) =>
      new Intl.NumberFormat(l, {
        maximumFractionDigits: digits,
        useGrouping: "always",
      } as Intl.NumberFormatOptions),
  ).format(value);
}

export function percent(value: number): string {
  return make(
    "percent",
    (l) => new Intl.NumberFormat(l, { style: "percent", maximumFractionDigits: 0 }),
  ).format(value);
}

/** `whole` leaves out cents, for sums and cards; otherwise as exact as it is kept, which is to four places. */
export function money(value: Money, whole = false): string {
  const amount = Number(value.amount);
  const digits = whole || Number.isInteger(amount) ? 0 : 2;
  const most = digits && 4;
  return make(
    `money ${value.currency} ${digits}`,
    (l) =>
      new Intl.NumberFormat(l, {
        style: "currency",
        currency: value.currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: most,
        useGrouping: "always",
      } as Intl.NumberFormatOptions),
  ).format(amount);
}

/** A day without a time (`YYYY-MM-DD`), never shifted by a time zone. */
export function day(value: string): string {
  const [year, month, date] = value.split("-").map(Number);
  if (!year || !month || !date) return value;
  return make(
    "day",
    (l) => new Intl.DateTimeFormat(l, { day: "numeric", month: "short", year: "numeric" }),
  ).format(new Date(year, month - 1, date));
}

export function dateOf(value: string | Date): string {
  return make(
    "day",
    (l) => new Intl.DateTimeFormat(l, { day: "numeric", month: "short", year: "numeric" }),
  ).format(new Date(value));
}

export function dateTime(value: string | Date): string {
  return make(
    "dateTime",
    (l) =>
      new Intl.DateTimeFormat(l, {
        day: "numeric",
        month: "short",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
      }),
  ).format(new Date(value));
}

export function time(value: string | Date): string {
  return make("time", (l) => new Intl.DateTimeFormat(l, { hour: "2-digit", minute: "2-digit" })).format(
    new Date(value),
  );
}

export function monthOf(value: string): string {
  const [year, month] = value.split("-").map(Number);
  if (!year || !month) return value;
  return make("month", (l) => new Intl.DateTimeFormat(l, { month: "long", year: "numeric" })).format(
    new Date(year, month - 1, 1),
  );
}

export function weekday(value: Date, length: "short" | "long" = "short"): string {
  return make(`weekday ${length}`, (l) => new Intl.DateTimeFormat(l, { weekday: length })).format(value);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 days ago", "in 2 hours". */
export function relative(value: string | Date, now: Date = new Date()): string {
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  const format = make("relative", (l) => new Intl.RelativeTimeFormat(l, { numeric: "auto" }));
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, "second");
}

/** The same by days of the calendar, as of what ends with a day: tomorrow evening is tomorrow, however many hours off. */
export function relativeDay(value: string | Date, now: Date = new Date()): string {
  const noon = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12).getTime();
  const days = Math.round((noon(new Date(value)) - noon(now)) / 86_400_000);
  if (days === 0) return relative(value, now);
  return make("relative", (l) => new Intl.RelativeTimeFormat(l, { numeric: "auto" })).format(days, "day");
}

export function bytes(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let [size, unit] = [value, 0];
  while (size >= 1024 && unit < units.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${number(size, size < 10 && unit > 0 ? 1 : 0)} ${units[unit]}`;
}

/** Order of words in the language in use: Ł after L, Ś after S. */
export const compare = (a: string, b: string): number =>
  make("collator", (l) => new Intl.Collator(l, { sensitivity: "base", numeric: true })).compare(a, b);

export function countryName(code: string): string {
  try {
    return make("country", (l) => new Intl.DisplayNames(l, { type: "region" })).of(code) ?? code;
  } catch {
    return code;
  }
}

// Days of local time, written `YYYY-MM-DD`.
import { useSyncExternalStore } from "react";

const two = (n: number) => String(n).padStart(2, "0");

/** The day of a moment, where the user is. */
export const dayOf = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

export function dateFrom(day: string): Date {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date);
}

export function addDays(day: string, days: number): string {
  const at = dateFrom(day);
  at.setDate(at.getDate() + days);
  return dayOf(at);
}

const LOOK_MS = 60_000;

/** A machine that slept past midnight may be late by its own timers: coming back to the page looks as well. */
function look(tick: () => void): () => void {
  const timer = window.setInterval(tick, LOOK_MS);
  document.addEventListener("visibilitychange", tick);
  return () => {
    window.clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
}

/** Today, also on a page that is left open overnight. */
export const useToday = (): string => useSyncExternalStore(look, () => dayOf(new Date()));

/**
 * A day as people type it: day, month and year in this order, parted by dots, slashes, dashes or spaces, or the
 * ISO form. Anything else, and days that do not exist, are nothing. The browser's own reading would take
 * 5.12 for the twelfth of May.
 */
export function typedDay(text: string): string | null {
  const parts = /^\s*(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})\.?\s*$/.exec(text);
  if (!parts) return null;
  const [, first = "", second = "", third = ""] = parts;
  const iso = first.length === 4;
  const year = Number(iso ? first : third);
  const month = Number(second);
  const day = Number(iso ? third : first);
  if ((iso ? third : first).length > 2 || year < 1000) return null;
  const found = new Date(Date.UTC(year, month - 1, day));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return null;
  return found.toISOString().slice(0, 10);
}

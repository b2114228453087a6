// The forecast: what open deals are worth by the month in which they are expected to close.
import type { Total } from "@/api/types";
import { add, type Stage } from "./deal";

export interface Month {
  /** `YYYY-MM`, `PAST`, or empty for deals without a day. */
  month: string;
  count: number;
  /** Whole and weighted by the stages' probabilities. */
  whole: number;
  weighted: number;
}

export interface StageTotals {
  stage: Stage;
  totals: Total[];
}

/** All months that are over together: such deals are no forecast, but wait for a new date. */
export const PAST = "0000-00";

/** The currencies there are, the one of most deals first. */
export function currenciesOf(stages: StageTotals[]): string[] {
  const counts = new Map<string, number>();
  for (const { totals } of stages)
    for (const { currency, count } of totals)
      if (currency) counts.set(currency, (counts.get(currency) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([currency]) => currency);
}

/** By month, what is past first, those without a day last; deals without a value count under every currency. */
export function forecastOf(stages: StageTotals[], currency: string, now: string): Month[] {
  const whole = new Map<string, number>();
  const weighted = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { stage, totals } of stages) {
    for (const total of totals) {
      if (total.currency && total.currency !== currency) continue;
      const named = typeof total.group === "string" ? total.group.slice(0, 7) : "";
      const month = named !== "" && named < now ? PAST : named;
      counts.set(month, (counts.get(month) ?? 0) + total.count);
      const sum = Number(total.sum ?? 0);
      add(whole, month, sum);
      add(weighted, month, sum * stage.probability);
    }
  }
  return [...counts]
    .sort(([a], [b]) => (a === "" ? 1 : b === "" ? -1 : a.localeCompare(b)))
    .map(([month, count]) => ({
      month,
      count,
      whole: whole.get(month) ?? 0,
      weighted: weighted.get(month) ?? 0,
    }));
}

export const sumOfMonths = (months: Month[]) =>
  months.reduce(
    (sum, m) => ({
      count: sum.count + m.count,
      whole: sum.whole + m.whole,
      weighted: sum.weighted + m.weighted,
    }),
    { count: 0, whole: 0, weighted: 0 },
  );

/** Conditions that list the deals of a month; `now` is the first that is not past. */
export function monthFilters(month: string, now: string): string[] {
  if (month === "") return ["expected_close:empty"];
  if (month === PAST) return [`expected_close:lt:${now}-01`];
  const [year = 0, number = 1] = month.split("-").map(Number);
  const next = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
  return [`expected_close:gte:${month}-01`, `expected_close:lt:${next}-01`];
}

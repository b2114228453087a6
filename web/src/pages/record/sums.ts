import type { Money, Total } from "@/api/types";

/** Sums of some of the groups, currency by currency. */
export function addedUp(totals: Total[], counts: (group: unknown) => boolean): Money[] {
  const sums = new Map<string, number>();
  for (const { group, currency, sum } of totals) {
    if (!currency || !counts(group)) continue;
    sums.set(currency, (sums.get(currency) ?? 0) + Number(sum));
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount: amount.toFixed(2) }));
}

// What is worked out about deals: their stages, their flags, their sums.
import type { Access, Choice, Entity, Fields, Money, NextActivity, Row, Total, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { dayOf } from "@/lib/days";
import { fieldOf, isMasked } from "@/lib/entities";
import { money } from "@/lib/format";

export interface Stage {
  id: string;
  title: string;
  /** Of winning, 0 to 1. */
  probability: number;
  outcome?: "won" | "lost";
}

const stage = (choice: Choice): Stage => ({
  id: choice.code,
  title: inWords(choice.label),
  probability: (choice.probability ?? 0) / 100,
  outcome: choice.outcome,
});

export const stagesOf = (entity: Entity): Stage[] => (fieldOf(entity, "stage")?.choices ?? []).map(stage);

export const openStages = (entity: Entity): Stage[] => stagesOf(entity).filter((s) => !s.outcome);

export const openFilter = (entity: Entity): string =>
  `stage:in:${openStages(entity)
    .map((s) => s.id)
    .join(",")}`;

/** A deal's move to a stage; a reason that was not given leaves the one there is. */
export const stageFields = ({ id }: Stage, lostReason?: string): Fields => ({
  stage: id,
  ...(lostReason && { lost_reason: lostReason }),
});

/** Whether a move to the stage is asked for its reason. */
export const asksWhy = ({ outcome }: Stage, writable: string[]): boolean =>
  outcome === "lost" && writable.includes("lost_reason");

/** What cards of deals are drawn from beside their titles, and no more is asked for. */
export const CARD = ["stage", "value", "company", "expected_close"];

export const IDLE_DAYS = 14;
const DAY = 86_400_000;

export type Flag =
  | { kind: "noActivity" }
  | { kind: "overdue" }
  | { kind: "late" }
  | { kind: "idle"; days: number };

/** Whether the values of deals are shown: without them there are no sums. */
export const isValued = (access: Access | undefined): boolean =>
  access !== undefined && ![...access.hidden, ...access.masked].includes("value");

interface Flagged {
  fields: Record<string, Value>;
  updated_at: string;
  next_activity?: Pick<NextActivity, "overdue"> | null;
}

/** What deserves a look. Whoever may not see activities is told nothing about them. */
export function flagsOf(deal: Flagged, idleDays: number, now: Date): Flag[] {
  const flags: Flag[] = [];
  if (deal.next_activity === null) flags.push({ kind: "noActivity" });
  if (deal.next_activity?.overdue) flags.push({ kind: "overdue" });
  const close = deal.fields.expected_close;
  if (typeof close === "string" && close < dayOf(now)) flags.push({ kind: "late" });
  const days = Math.floor((now.getTime() - new Date(deal.updated_at).getTime()) / DAY);
  if (days >= idleDays) flags.push({ kind: "idle", days });
  return flags;
}

/** Amounts by currency. */
export type Sums = Map<string, number>;

export const moneyOf = (value: Value | undefined): Money | undefined =>
  typeof value === "object" && value !== null && "amount" in value && !isMasked(value) ? value : undefined;

export function add(sums: Sums, currency: string, amount: number): Sums {
  // To hundredths, so that adding does not drift.
  const cents = Math.round((sums.get(currency) ?? 0) * 100) + Math.round(amount * 100);
  return sums.set(currency, cents / 100);
}

export function sumOfRows(rows: Row[]): Sums {
  const sums: Sums = new Map();
  for (const row of rows) {
    const value = moneyOf(row.fields.value);
    if (value) add(sums, value.currency, Number(value.amount));
  }
  return sums;
}

export function sumOfTotals(totals: Total[]): { count: number; sums: Sums } {
  const sums: Sums = new Map();
  let count = 0;
  for (const total of totals) {
    count += total.count;
    if (total.currency) add(sums, total.currency, Number(total.sum));
  }
  return { count, sums };
}

export const weighted = (sums: Sums, probability: number): Sums =>
  new Map([...sums].map(([currency, amount]) => [currency, amount * probability]));

/** "12 000 zł · 300 €" */
export function sumText(sums: Sums): string {
  const parts = [...sums].filter(([, amount]) => amount !== 0);
  return parts.map(([currency, amount]) => money({ currency, amount: String(amount) }, true)).join(" · ");
}

/** "AK" of "Anna Kowalska". */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => [...word][0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();

import { describe, expect, it } from "vitest";
import type { NextActivity } from "@/api/types";
import { add, flagsOf, initials, sumOfTotals, weighted } from "./deal";

const now = new Date(2026, 10, 26, 12, 0);
const next = (overdue: boolean): NextActivity => ({ id: "1", kind: "call", due: null, overdue });
const deal = (next_activity: NextActivity | null | undefined, close = "2026-12-01", days = 0) => ({
  fields: { expected_close: close },
  updated_at: new Date(now.getTime() - days * 86_400_000).toISOString(),
  next_activity,
});
const kinds = (d: ReturnType<typeof deal>) => flagsOf(d, 14, now).map((f) => f.kind);

describe("flags", () => {
  it("says nothing of activities to whom they are hidden", () => {
    expect(kinds(deal(undefined))).toEqual([]);
    expect(kinds(deal(null))).toEqual(["noActivity"]);
    expect(kinds(deal(next(true)))).toEqual(["overdue"]);
    expect(kinds(deal(next(false)))).toEqual([]);
  });
  it("counts idle days from the limit on, and takes today as in time", () => {
    expect(kinds(deal(next(false), "2026-11-26", 13))).toEqual([]);
    expect(flagsOf(deal(next(false), "2026-11-25", 14), 14, now)).toEqual([
      { kind: "late" },
      { kind: "idle", days: 14 },
    ]);
  });
});

describe("sums", () => {
  it("keep currencies apart and do not drift", () => {
    const sums = new Map();
    for (let i = 0; i < 10; i++) add(sums, "PLN", 0.1);
    add(sums, "EUR", 5);
    expect([...sums]).toEqual([
      ["PLN", 1],
      ["EUR", 5],
    ]);
  });
  it("of several groups add up each currency by itself", () => {
    const totals = [
      { group: "offer", currency: "PLN", sum: "0.10", count: 1 },
      { group: "won", currency: "PLN", sum: "0.20", count: 1 },
      { group: "offer", currency: "EUR", sum: "5", count: 1 },
      { group: "offer", sum: "0", count: 3 },
    ];
    expect([...sumOfTotals(totals).sums]).toEqual([
      ["PLN", 0.3],
      ["EUR", 5],
    ]);
  });
  it("count records without an amount", () => {
    const { count, sums } = sumOfTotals([
      { group: "offer", currency: "PLN", sum: "200", count: 2 },
      { group: "offer", sum: "0", count: 3 },
    ]);
    expect(count).toBe(5);
    expect([...weighted(sums, 0.5)]).toEqual([["PLN", 100]]);
  });
});

it("makes initials", () => {
  expect(initials("Łukasz Św. Żak")).toBe("ŁŚ");
  expect(initials("")).toBe("");
});

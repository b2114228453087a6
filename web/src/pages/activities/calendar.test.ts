import { describe, expect, it } from "vitest";
import type { Row } from "@/api/types";
import { addDays, dayOf } from "@/lib/days";
import { addMonths, byDay, isDay, isOverdue, movedTo, onDay, rangeOf, rowsOf } from "./calendar";

const at = (y: number, m: number, d: number, h = 0, min = 0) => new Date(y, m - 1, d, h, min).toISOString();
const row = (fields: Row["fields"]): Row => ({
  id: String(fields.due),
  owner: "",
  team: "",
  version: 1,
  created_at: "",
  updated_at: "",
  fields,
});

describe("days", () => {
  it("steps over the end of months and changes of the clock", () => {
    expect(addDays("2026-10-24", 1)).toBe("2026-10-25");
    expect(addDays("2026-10-25", 1)).toBe("2026-10-26");
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2026-01-15", -1)).toBe("2025-12-15");
  });
  it("takes only days that exist", () => {
    expect(isDay("2026-02-29")).toBe(false);
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("jutro")).toBe(false);
  });
});

describe("what is on screen", () => {
  it("is whole weeks from Monday", () => {
    const rows = rowsOf("month", "2026-11-26");
    expect(rows[0]?.[0]).toBe("2026-10-26");
    expect(rows.at(-1)?.at(-1)).toBe("2026-12-06");
    expect(rows.every((week) => week.length === 7)).toBe(true);
    // A February of exactly four weeks.
    expect(rowsOf("month", "2027-02-10")).toHaveLength(4);
    expect(rowsOf("week", "2026-11-29")[0]?.[0]).toBe("2026-11-23");
  });
  it("ends before the day after", () => {
    expect(rangeOf(rowsOf("day", "2026-12-31"))).toEqual({ from: at(2026, 12, 31), to: at(2027, 1, 1) });
  });
});

describe("moving", () => {
  it("keeps the time of the clock, and the length", () => {
    const meeting = row({ due: at(2026, 10, 23, 14, 30), until: at(2026, 10, 24, 9) });
    expect(movedTo(meeting, "2026-10-26")).toEqual({
      due: at(2026, 10, 26, 14, 30),
      until: at(2026, 10, 27, 9),
    });
    expect(onDay(at(2026, 3, 28, 8, 5), "2026-03-30")).toBe(at(2026, 3, 30, 8, 5));
  });
  it("changes nothing on the same day, and gives a time to what had none", () => {
    expect(movedTo(row({ due: at(2026, 10, 23, 14) }), "2026-10-23")).toBeNull();
    expect(movedTo(row({ due: null }), "2026-10-23")).toEqual({ due: at(2026, 10, 23, 9) });
  });
});

it("sorts a day by the clock and knows what is overdue", () => {
  const late = row({ due: at(2026, 11, 26, 15), done: false });
  const early = row({ due: at(2026, 11, 26, 8), done: false });
  const now = new Date(2026, 10, 26, 12);
  expect(byDay([late, early, row({ due: null })]).get("2026-11-26")).toEqual([early, late]);
  expect([isOverdue(early, now), isOverdue(late, now)]).toEqual([true, false]);
  expect(isOverdue({ ...early, fields: { ...early.fields, done: true } }, now)).toBe(false);
  expect(dayOf(now)).toBe("2026-11-26");
});

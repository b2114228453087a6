import { expect, it } from "vitest";
import { endOf, lastEnd } from "./grants";

const at = (day: number) => `2026-12-${String(day).padStart(2, "0")}T12:00:00Z`;

it("ends with the agreement, if that ends first", () => {
  expect(endOf({ state: "in_force", until: at(20) }, at(10))).toEqual({ state: "in_force", at: at(10) });
  expect(endOf({ state: "in_force", until: at(5) }, at(10))).toEqual({ state: "in_force", at: at(5) });
  expect(endOf({ state: "in_force", until: at(5) }, null)?.at).toBe(at(5));
});

it("leaves alone what is over or yet to come, and what does not end", () => {
  expect(endOf({ state: "ended", until: at(20) }, at(10))?.at).toBe(at(20));
  expect(endOf({ state: "pending", until: at(20) }, at(10))?.at).toBe(at(20));
  expect(endOf({ state: "in_force", until: null }, at(10))).toBeUndefined();
});

it("shows a record as long as the last of what shows it now", () => {
  const of = (state: "in_force" | "ended", day: number) => ({ state, at: at(day) });
  expect(lastEnd([of("in_force", 3), of("in_force", 9), of("ended", 20), undefined])?.at).toBe(at(9));
  expect(lastEnd([of("ended", 20)])).toBeUndefined();
});

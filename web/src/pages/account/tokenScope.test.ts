import { expect, test } from "vitest";
import { dayIn, endOf, firstEnd, tidyScope, toggle } from "./tokenScope";

test("ticking and unticking leaves no empty right behind", () => {
  const ticked = toggle({ entities: {} }, "person", "read", true);
  expect(tidyScope(ticked)).toEqual({ entities: { person: ["read"] }, things: {} });
  expect(tidyScope(toggle(ticked, "person", "read", false))).toEqual({ entities: {}, things: {} });
});

test("a token lives to the end of its last local day", () => {
  expect(dayIn(40, new Date(2026, 10, 26))).toBe("2027-01-05");
  expect(endOf("2027-01-05")).toBe(new Date(2027, 0, 5, 23, 59, 59).toISOString());
  expect(endOf("")).toBeUndefined();
});

test("a token of what ends itself ends with it at the latest", () => {
  const now = new Date(2026, 10, 26);
  const until = new Date(2026, 11, 1, 12, 30).toISOString();
  expect(firstEnd(40, undefined, now)).toBe("2027-01-05");
  expect(firstEnd(40, until, now)).toBe("2026-12-01");
  expect(firstEnd(3, until, now)).toBe("2026-11-29");
  expect(endOf("2026-12-01", until)).toBe(until);
  expect(endOf("2026-11-29", until)).toBe(new Date(2026, 10, 29, 23, 59, 59).toISOString());
});

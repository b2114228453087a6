import { expect, it } from "vitest";
import { coveredUntil, cutShort } from "./agreement";

const at = (day: number) => `2026-12-${String(day).padStart(2, "0")}T12:00:00Z`;
const ms = (day: number) => Date.parse(at(day));
const span = (id: string, from: number, until: number | null) => ({
  id,
  valid_from: at(from),
  valid_until: until === null ? null : at(until),
});

it("follows agreements for as long as one goes on from the other", () => {
  expect(coveredUntil([span("a", 1, 10), span("b", 9, 20), span("c", 22, 30)], ms(5))).toBe(ms(20));
  expect(coveredUntil([span("a", 1, null)], ms(5))).toBe(Number.POSITIVE_INFINITY);
  expect(coveredUntil([span("a", 1, 4)], ms(5))).toBe(ms(5));
  expect(coveredUntil([span("a", 7, 9)], ms(5))).toBe(ms(5));
  expect(coveredUntil([], ms(5))).toBe(ms(5));
});

it("counts what ends with the last agreement that goes on, not with the one that was changed", () => {
  const both = [span("a", 1, 31), span("b", 1, 20)];
  const change = { id: "a", end: at(10) };
  expect(cutShort(both, change, [at(28), at(15)], ms(5))).toEqual({ at: ms(20), count: 1 });
});

it("counts nothing where another agreement goes on for longer, or nothing lasts as long", () => {
  const both = [span("a", 1, 31), span("b", 1, null)];
  expect(cutShort(both, { id: "a", end: at(10) }, [at(28)], ms(5)).count).toBe(0);
  expect(cutShort([span("a", 1, 31)], { id: "a", end: at(10) }, [at(8)], ms(5)).count).toBe(0);
  expect(cutShort([span("a", 1, 10)], { id: "a", end: at(20) }, [at(28)], ms(5)).count).toBe(0);
});

it("ends at once what nothing else covers", () => {
  const change = { id: "a", end: at(5) };
  expect(cutShort([span("a", 1, 31)], change, [at(28), null], ms(5))).toEqual({ at: ms(5), count: 2 });
  expect(cutShort([span("a", 1, 31), span("b", 8, 31)], change, [at(28)], ms(5)).at).toBe(ms(5));
});

it("looks from the first agreement on where none is in force yet", () => {
  const change = { id: "a", end: at(12) };
  expect(cutShort([span("a", 8, 20)], change, [at(18)], ms(5))).toEqual({ at: ms(12), count: 1 });
});

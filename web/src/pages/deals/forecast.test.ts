import { describe, expect, it } from "vitest";
import type { Stage } from "./deal";
import { currenciesOf, forecastOf, monthFilters, PAST, sumOfMonths } from "./forecast";

const offer: Stage = { id: "offer", title: "", probability: 0.5 };
const contact: Stage = { id: "contact", title: "", probability: 0.2 };
const stages = [
  {
    stage: offer,
    totals: [
      { group: "2026-12", currency: "PLN", sum: "1000", count: 2 },
      { group: null, currency: "PLN", sum: "10", count: 1 },
      { group: "2026-12", currency: "EUR", sum: "7", count: 1 },
    ],
  },
  {
    stage: contact,
    totals: [
      { group: "2026-11-30", currency: "PLN", sum: "100", count: 1 },
      { group: "2026-12", currency: "PLN", sum: "500", count: 1 },
    ],
  },
];

describe("forecast", () => {
  it("weighs each stage by its probability and puts those without a day last", () => {
    expect(forecastOf(stages, "PLN", "2026-11")).toEqual([
      { month: "2026-11", count: 1, whole: 100, weighted: 20 },
      { month: "2026-12", count: 3, whole: 1500, weighted: 600 },
      { month: "", count: 1, whole: 10, weighted: 5 },
    ]);
  });
  it("puts together what is past", () => {
    const [first, second] = forecastOf(stages, "PLN", "2026-12");
    expect(first).toEqual({ month: PAST, count: 1, whole: 100, weighted: 20 });
    expect(second?.month).toBe("2026-12");
    expect(monthFilters(PAST, "2026-12")).toEqual(["expected_close:lt:2026-12-01"]);
  });
  it("keeps currencies apart, the commonest first", () => {
    expect(currenciesOf(stages)).toEqual(["PLN", "EUR"]);
    expect(sumOfMonths(forecastOf(stages, "EUR", "2026-11"))).toEqual({ count: 1, whole: 7, weighted: 3.5 });
  });
  it("ends December in January", () => {
    expect(monthFilters("2026-12", "2026-11")).toEqual([
      "expected_close:gte:2026-12-01",
      "expected_close:lt:2027-01-01",
    ]);
    expect(monthFilters("2026-09", "2026-09")[1]).toBe("expected_close:lt:2026-10-01");
    expect(monthFilters("", "2026-11")).toEqual(["expected_close:empty"]);
  });
});

import { describe, expect, it } from "vitest";
import { neighbours } from "./neighbours";
import { backTo, clashing, same } from "./values";

describe("same", () => {
  it("takes nothing for nothing in any form", () => {
    expect(same(undefined, null)).toBe(true);
    expect(same("", undefined)).toBe(true);
    expect(same([], null)).toBe(true);
    expect(same(false, null)).toBe(false);
    expect(same(0, null)).toBe(false);
  });
  it("compares money by worth and currency", () => {
    expect(same({ amount: "5", currency: "PLN" }, { currency: "PLN", amount: "5.00" })).toBe(true);
    expect(same({ amount: "5", currency: "PLN" }, { amount: "5", currency: "EUR" })).toBe(false);
  });
});

describe("clashing", () => {
  it("names a field only if somebody else gave it another value than the one wanted", () => {
    const base = { city: "Łódź", email: "a@example.com", phone: null };
    const now = { city: "Gdańsk", email: "a@example.com", phone: "+48221234567" };
    expect(clashing({ city: "Sopot", email: "b@example.com" }, base, now)).toEqual(["city"]);
    expect(clashing({ phone: "+48221234567" }, base, now)).toEqual([]);
    expect(clashing({ city: null }, base, { email: "x" })).toEqual([]);
  });
});

it("brings back the absence of a value too", () => {
  expect(backTo({ city: "Łódź" }, ["city", "phone"])).toEqual({ city: "Łódź", phone: null });
});

it("finds neighbours only in a list of the same entity", () => {
  const from = { plural: "people", ids: ["a", "b", "c"] };
  expect(neighbours(from, "people", "b")).toEqual({ before: "a", after: "c", place: 2, count: 3 });
  expect(neighbours(from, "people", "a").before).toBeUndefined();
  expect(neighbours(from, "companies", "b").count).toBe(0);
  expect(neighbours(undefined, "people", "b").count).toBe(0);
});

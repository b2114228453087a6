import { expect, it } from "vitest";
import { addedUp } from "./sums";

it("adds up each currency by itself, and only the groups asked for", () => {
  const totals = [
    { group: "offer", currency: "PLN", sum: "0.10", count: 1 },
    { group: "won", currency: "PLN", sum: "0.20", count: 1 },
    { group: "offer", currency: "EUR", sum: "5", count: 1 },
    { group: "lost", currency: "PLN", sum: "900", count: 1 },
    { group: "offer", sum: "0", count: 3 },
  ];
  expect(addedUp(totals, (group) => group !== "lost")).toEqual([
    { currency: "PLN", amount: "0.30" },
    { currency: "EUR", amount: "5.00" },
  ]);
});

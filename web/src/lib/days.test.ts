import { expect, it } from "vitest";
import { typedDay } from "./days";

it("reads the day before the month", () => {
  expect(typedDay("5.12.2026")).toBe("2026-12-05");
  expect(typedDay("05/12/2026")).toBe("2026-12-05");
  expect(typedDay(" 24 12 2026 ")).toBe("2026-12-24");
  expect(typedDay("2026-12-05")).toBe("2026-12-05");
});

it("takes nothing that is no day, or not all of it", () => {
  for (const text of ["31.02.2026", "13.13.2026", "5.12", "5.12.20", "12.2026", "jutro", "", "123.1.2026"])
    expect(typedDay(text)).toBeNull();
});

import { expect, it } from "vitest";
import { dayOf } from "@/lib/days";
import { byDay, upTo } from "./timelineDays";

const at = (day: number, hour: number) => ({ at: new Date(2026, 10, day, hour).toISOString() });

it("groups by the local day, newest first", () => {
  const days = byDay([at(3, 8), at(4, 0), at(3, 23)]);
  expect(days.map((d) => [d.day, d.entries.length])).toEqual([
    ["2026-11-04", 1],
    ["2026-11-03", 2],
  ]);
  expect(days[1]?.entries[0]).toEqual(at(3, 23));
  expect(dayOf(new Date(2026, 0, 5))).toBe("2026-01-05");
});

it("shows nothing older than what every unfinished source has told", () => {
  const all = [at(1, 8), at(2, 8), at(3, 8)];
  expect(upTo(all, [undefined, undefined])).toHaveLength(3);
  expect(upTo(all, [at(2, 8).at, undefined])).toHaveLength(2);
  expect(upTo(all, [at(2, 8).at, at(3, 8).at])).toHaveLength(1);
});

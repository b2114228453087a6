import { beforeAll, expect, it } from "vitest";
import { startWords, switchLanguage } from "@/i18n";
import { flaw, hoursText, momentText, weekOf, zones } from "./hours";

const office = { days: [1, 2, 3, 4, 5], from: "08:00", until: "18:00" };

beforeAll(startWords);

it("reads as people say it, in both languages", async () => {
  const hours = { zone: "Europe/Warsaw", spans: [office, { days: [6], from: "09:30", until: "24:00" }] };
  await switchLanguage("en");
  expect(hoursText(hours)).toBe("Mon–Fri 8:00–18:00; Sat 9:30–24:00");
  expect(hoursText({ zone: "America/New_York", spans: [{ ...office, days: [1, 2, 5] }] })).toBe(
    "Mon, Tue, Fri 8:00–18:00 (America/New_York)",
  );
  await switchLanguage("pl");
  expect(hoursText(hours)).toBe("pon.–pt. 8:00–18:00; sob. 9:30–24:00");
});

it("says what spans come to day by day, over midnight and where they overlap", () => {
  const night = { days: [5, 7], from: "22:00", until: "06:00" };
  const week = weekOf([office, night, { days: [5], from: "17:00", until: "23:00" }]);
  expect(week).toEqual([
    ["0:00–6:00", "8:00–18:00"],
    ["8:00–18:00"],
    ["8:00–18:00"],
    ["8:00–18:00"],
    ["8:00–24:00"],
    ["0:00–6:00"],
    ["22:00–24:00"],
  ]);
});

it("knows what is wrong before it is sent", () => {
  expect(flaw(office)).toBeNull();
  expect(flaw({ ...office, days: [] })).toBe("days");
  expect(flaw({ ...office, until: "" })).toBe("time");
  expect(flaw({ ...office, until: "08:00" })).toBe("same");
  expect(flaw({ ...office, from: "22:00", until: "06:00" })).toBeNull();
});

it("offers the zone in use, whether or not the browser knows it", () => {
  expect(zones("Europe/Elsewhere")).toContain("Europe/Elsewhere");
  expect(zones("Europe/Warsaw").filter((zone) => zone === "Europe/Warsaw")).toHaveLength(1);
});

it("tells a moment by the clocks of its zone, with the day where that is another one", async () => {
  await startWords();
  const end = "2026-11-27T15:00:00.000Z";
  await switchLanguage("en");
  expect(momentText(end, "Europe/Warsaw", end)).toBe("16:00");
  expect(momentText("2026-11-30T07:00:00.000Z", "Europe/Warsaw", end)).toMatch(
    /^Monday,? 30 November, 8:00$/,
  );
  expect(momentText(end, "America/New_York", end)).toBe("10:00 (America/New_York)");
  await switchLanguage("pl");
  expect(momentText("2026-11-30T07:00:00.000Z", "Europe/Warsaw", end)).toBe(
    "poniedziałek, 30 listopada, 8:00",
  );
});

import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import { startWords, switchLanguage } from "@/i18n";
import { bytes, compare, day, money, monthOf, number, relative, relativeDay } from "./format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

beforeAll(async () => {
  document.documentElement.lang = "pl";
  await startWords();
});

describe("in Polish", () => {
  beforeAll(() => switchLanguage("pl"));

  it("groups four digits too", () => {
    expect(plain(number(5000))).toBe("5 000");
    expect(plain(money({ amount: "5000.00", currency: "PLN" }))).toBe("5 000 zł");
    expect(plain(money({ amount: "1234567.50", currency: "PLN" }))).toBe("1 234 567,50 zł");
  });

  it("sorts Polish letters after their plain ones", () => {
    const names = ["Żak", "Zając", "Świątek", "Sowa", "Łoś", "Lis", "Mak", "Ćma", "Cis"];
    expect(names.sort(compare)).toEqual([
      "Cis",
      "Ćma",
      "Lis",
      "Łoś",
      "Mak",
      "Sowa",
      "Świątek",
      "Zając",
      "Żak",
    ]);
  });

  it("has a form for each plural", () => {
    const said = [1, 2, 5, 22, 112].map((count) => i18next.t("common:session.text", { count }));
    expect(said.map((text) => text.match(/\d+ (\p{L}+)/u)?.[1])).toEqual([
      "sekundę",
      "sekundy",
      "sekund",
      "sekundy",
      "sekund",
    ]);
  });

  it("never shifts a day by a time zone", () => {
    expect(day("2026-01-01")).toContain("2026");
    expect(day("2026-01-01")).toMatch(/^1 /);
    expect(monthOf("2026-11")).toBe("listopad 2026");
  });

  it("says how long ago", () => {
    const now = new Date("2026-11-26T12:00:00Z");
    expect(relative("2026-11-25T12:00:00Z", now)).toBe("wczoraj");
    expect(relative("2026-11-26T09:00:00Z", now)).toBe("3 godziny temu");
  });
  it("says by the calendar when a day ends", () => {
    const night = new Date(2026, 10, 28, 2, 54);
    expect(relativeDay(new Date(2026, 10, 29, 23, 59), night)).toBe("jutro");
    expect(relativeDay(new Date(2026, 11, 5, 0, 1), night)).toBe("za 7 dni");
    expect(relativeDay(new Date(2026, 10, 28, 23, 54), night)).toBe("za 21 godzin");
    expect(relativeDay(new Date(2026, 10, 29, 0, 1), new Date(2026, 10, 28, 23, 59))).toBe("jutro");
  });
});

describe("in English, without a reload", () => {
  beforeAll(() => switchLanguage("en"));

  it("writes numbers and money its own way", () => {
    expect(number(5000)).toBe("5,000");
    expect(plain(money({ amount: "5000.00", currency: "PLN" }))).toMatch(/PLN 5,000/);
    expect(bytes(1536)).toBe("1.5 KB");
  });

  it("has both plurals", () => {
    const said = [1, 2, 5].map((count) => i18next.t("common:session.text", { count }));
    expect(said.map((text) => text.match(/\d+ (\w+)/)?.[1])).toEqual(["second", "seconds", "seconds"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Entity } from "@/api/types";
import {
  filterFields,
  formatCondition,
  formatView,
  operatorsOf,
  PRESETS,
  parseCondition,
  parseConditions,
  parseView,
  presetDays,
  sameWish,
  splitConditions,
  toApi,
} from "@/lib/conditions";
import { field } from "@/test/field";

const entity: Entity = {
  name: "deal",
  plural: "deals",
  label: { pl: "", en: "" },
  label_plural: { pl: "", en: "" },
  parents: [],
  title: "name",
  fields: [
    field("name", "text"),
    field("stage", "choice"),
    field("value", "money"),
    field("close", "date"),
    field("due", "date_time"),
    field("birthday", "date", { personal: true }),
    field("age", "integer", { personal: true }),
    field("pesel", "pesel", { personal: true, special: true }),
    field("tags", "tags"),
    field("company", "reference"),
    field("done", "bool"),
    field("description", "long_text"),
  ],
};

describe("a condition", () => {
  it.each([
    "stage:in:won,lost",
    "stage:eq:won",
    "name:contains:a:b,c",
    "tags:has:vip,targi",
    "value:gte:1000.50",
    "close:in:@this_week",
    "due:eq:2026-11-26T10:00:00.000Z",
    "company:empty",
    "company:filled",
  ])("%s comes back as it was", (text) => {
    const condition = parseCondition(text);
    expect(condition && formatCondition(condition)).toBe(text);
  });

  it.each(["", "stage", "stage:eq", "stage:eq:", "stage:like:x", ":eq:x", "stage:in:,"])(
    "%j is none",
    (text) => {
      expect(parseCondition(text)).toBeNull();
    },
  );

  it("keeps all of a text, with its colons and commas", () => {
    expect(parseCondition("name:eq:Łoś: a, b")).toEqual({ field: "name", op: "eq", values: ["Łoś: a, b"] });
  });
});

describe("an address", () => {
  const parts = (...texts: string[]) => splitConditions(entity, parseConditions(texts));

  it("has codes, ids, numbers and days", () => {
    const coded = [
      "stage:in:won",
      "done:eq:true",
      "value:gte:10",
      "close:lte:2026-01-31",
      "due:in:@today",
      "company:eq:018f5281-4a97-7002-a2f1-7e91f7ded4c0",
      "owner:in:018f5281-4a97-7002-a2f1-7e91f7ded4c0",
      "created_at:gte:2026-01-01",
    ];
    expect(parts(...coded)).toEqual({ f: coded, texts: [] });
  });

  it("has nothing that was typed, and nothing of a person", () => {
    const kept = [
      "name:contains:Nowak",
      "tags:has:vip",
      "pesel:eq:44051401359",
      "birthday:eq:1980-03-12",
      "age:gte:30",
      "unknown:eq:Nowak",
    ];
    expect(parts(...kept)).toEqual({ f: [], texts: kept });
  });

  it("may say that something is there or not, and name a period", () => {
    const said = ["name:empty", "pesel:filled", "birthday:in:@this_month"];
    expect(parts(...said).f).toEqual(said);
  });
});

describe("the API", () => {
  const now = new Date(2026, 10, 26, 15, 30);
  const asked = (text: string) => parseConditions([text]).flatMap((c) => toApi(entity, c, now));

  it("gets days as they are, from the first to before the next", () => {
    expect(asked("close:in:@this_week")).toEqual(["close:gte:2026-11-23", "close:lt:2026-11-30"]);
    expect(asked("close:in:@overdue")).toEqual(["close:lt:2026-11-26"]);
    expect(asked("close:lte:2026-11-26")).toEqual(["close:lte:2026-11-26"]);
  });

  it("gets moments by the user's own days", () => {
    const start = new Date(2026, 10, 26).toISOString();
    const end = new Date(2026, 10, 27).toISOString();
    expect(asked("due:eq:2026-11-26")).toEqual([`due:gte:${start}`, `due:lt:${end}`]);
    expect(asked("due:lte:2026-11-26")).toEqual([`due:lt:${end}`]);
    expect(asked("due:gte:2026-11-26")).toEqual([`due:gte:${start}`]);
    expect(asked("created_at:in:@today")).toEqual([`created_at:gte:${start}`, `created_at:lt:${end}`]);
    expect(asked("due:gte:2026-11-26T10:00:00.000Z")).toEqual(["due:gte:2026-11-26T10:00:00.000Z"]);
  });

  it("never gets an empty or inverted period", () => {
    for (let day = 0; day < 800; day += 1) {
      const at = new Date(2026, 0, 1 + day, 12);
      for (const preset of PRESETS) {
        const [from, to] = presetDays(preset, at);
        if (from && to) expect(from.getTime()).toBeLessThan(to.getTime());
      }
    }
  });
});

describe("a view", () => {
  it("comes back as it was saved", () => {
    const wish = {
      q: "łoś & co",
      conditions: parseConditions(["stage:in:won,lost", "name:contains:a=b&c"]),
      sort: "-value",
    };
    expect(parseView(formatView(wish))).toEqual(wish);
    expect(sameWish(wish, { ...wish, q: " łoś & co " })).toBe(true);
    expect(sameWish(wish, { ...wish, sort: "" })).toBe(false);
  });
});

describe("what can be filtered", () => {
  it("leaves out long texts and what is withheld", () => {
    const names = filterFields(entity, new Set(["value"])).map((f) => f.name);
    expect(names).not.toContain("description");
    expect(names).not.toContain("value");
    expect(names).toContain("owner");
  });

  it("compares special fields only whole", () => {
    const pesel = {
      name: "pesel",
      kind: "pesel" as const,
      field: entity.fields.find((f) => f.name === "pesel"),
    };
    expect(operatorsOf(pesel)).toEqual(["eq", "empty", "filled"]);
  });
});

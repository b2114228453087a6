import { describe, expect, it } from "vitest";
import type { Entity, Field } from "@/api/types";
import { assign, changesOf, guessed, missing, targets } from "./mapping";

const field = (name: string, kind: Field["kind"] = "text", flags: Partial<Field["flags"]> = {}): Field =>
  ({ name, kind, label: { pl: name, en: name }, flags }) as Field;
const person = {
  name: "person",
  fields: [
    field("last_name", "text", { required: true }),
    field("name", "text", { read_only: true }),
    field("sort_name", "text", { read_only: true }),
    field("email", "email"),
    field("city"),
    field("status", "choice", { required: true }),
  ],
} as unknown as Entity;
const columns = [
  { heading: "Nazwisko", field: "last_name", samples: [] },
  { heading: "Miasto", field: "city", samples: [] },
  { heading: "Uwagi = inne", field: null, samples: [] },
  { heading: "Mail", field: "email", samples: [] },
];

describe("columns of an import", () => {
  it("can feed what the server says, and tell the owner", () => {
    const deal = { name: "deal", fields: [field("name"), field("value", "money"), field("pesel")] };
    const values = (names: string[]) => targets(deal as unknown as Entity, names).map((t) => t.value);
    expect(values(["name", "value"])).toEqual(["name", "value", "value.currency", "owner"]);
    expect(values(["pesel"])).toEqual(["pesel", "owner"]);
  });

  it("are told only where they differ from what was recognised", () => {
    const map = guessed(columns);
    expect(changesOf(columns, map)).toEqual([]);
    expect(changesOf(columns, { ...map, Miasto: "", "Uwagi = inne": "city" })).toEqual(["#2=-", "#3=city"]);
  });

  it("take a field from each other, unless it can have several", () => {
    const map = guessed(columns);
    const city = assign(person, map, "Uwagi = inne", "city");
    expect(city.lost).toBe("Miasto");
    expect(city.map.Miasto).toBe("");
    expect(assign(person, map, "Uwagi = inne", "email").lost).toBeNull();
  });

  it("miss a required field, unless a whole name brings it", () => {
    const map = guessed(columns);
    expect(missing(person, map)).toEqual([]);
    expect(missing(person, { ...map, Nazwisko: "" }).map((f) => f.name)).toEqual(["last_name"]);
    expect(missing(person, { ...map, Nazwisko: "name" })).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import type { Entity, Field } from "@/api/types";
import { beginning, compared, filled, isTyped, shown } from "./QuickAddFields";

const field = (name: string, kind: Field["kind"] = "text", flags: Partial<Field["flags"]> = {}): Field =>
  ({ name, kind, label: { pl: name, en: name }, flags }) as Field;

const person = {
  name: "person",
  parents: [],
  fields: [
    field("first_name"),
    field("last_name"),
    field("name", "text", { read_only: true }),
    { ...field("company", "reference"), entity: "company" },
    field("email", "email"),
    field("city"),
    field("badge", "text", { custom: true, required: true }),
  ],
} as unknown as Entity;

describe("fields of quick add", () => {
  it("come in the order of importance, with what must be filled in, without what may not be written", () => {
    const { first, rest } = shown(person, ["first_name", "last_name", "badge", "city"]);
    expect(first.map((f) => f.name)).toEqual(["last_name", "first_name", "badge"]);
    expect(rest.map((f) => f.name)).toEqual(["city"]);
  });
  it("begin with the company that the person is added from", () => {
    const args = { entity: "person", parent: { entity: "company", id: "c1" } };
    expect(beginning(person, args, "me")).toEqual({ company: "c1" });
  });
});

describe("what is sent", () => {
  it("has no empty values and no spaces around", () => {
    expect(filled({ a: " x ", b: "  ", c: null, d: [], e: false, f: 0 })).toEqual({ a: "x", e: false, f: 0 });
  });
  it("counts as typed only if it differs from the beginning", () => {
    expect(isTyped({ a: "", b: "1" }, { b: "1" })).toBe(false);
    expect(isTyped({ a: "x", b: "1" }, { b: "1" })).toBe(true);
  });
  it("is compared by names and addresses, not by a first name alone", () => {
    expect(compared(person, { first_name: "Anna" })).toBeNull();
    expect(compared(person, { first_name: "Anna", last_name: "Nowak", city: "Łódź" })).toEqual({
      first_name: "Anna",
      last_name: "Nowak",
    });
  });
});

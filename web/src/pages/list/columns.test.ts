import { describe, expect, it } from "vitest";
import type { Access, Entity, Field, Me } from "@/api/types";
import { field } from "@/test/field";
import { allColumns, askedOf, shownColumns } from "./columns";

const entity: Entity = {
  name: "person",
  plural: "people",
  label: { pl: "", en: "" },
  label_plural: { pl: "", en: "" },
  parents: [],
  title: "name",
  fields: [
    field("last_name", "text"),
    field("name", "text"),
    field("sort_name", "text"),
    field("pesel", "pesel", { special: true }),
    field("phone", "phone"),
    field("description", "long_text"),
  ],
};
const access = (hidden: string[], masked: string[]): Access => ({ hidden, masked, writable: [] });
const of = (a: Access, id: string) => allColumns(entity, a, true).find((column) => column.id === id);

describe("columns", () => {
  it("leave out what is hidden, too long, or never in rows", () => {
    const ids = allColumns(entity, access(["phone"], []), true).map((column) => column.id);
    expect(ids).toEqual(["name", "last_name", "owner", "team", "next_activity", "created_at", "updated_at"]);
  });

  it("show what is masked, but do not sort by it", () => {
    const masked = access([], ["phone", "pesel"]);
    expect(of(masked, "phone")).toBeDefined();
    expect(of(masked, "phone")?.sort).toBeUndefined();
    expect(of(masked, "pesel")).toBeUndefined();
    expect(of(access([], []), "phone")?.sort).toBe("phone");
  });

  it("sort names as a register does, as far as that may be read", () => {
    expect(of(access([], []), "name")?.sort).toBe("sort_name");
    expect(of(access([], ["sort_name"]), "name")?.sort).toBe("name");
  });

  it("tell of activities ahead only to who may read activities", () => {
    const ids = allColumns(entity, access([], []), false).map((column) => column.id);
    expect(ids).not.toContain("next_activity");
  });

  it("keep the user's order, with the name first, without what is gone", () => {
    const all = allColumns(entity, access([], []), true);
    const ids = shownColumns(all, entity, ["owner", "gone", "phone", "name"]).map((column) => column.id);
    expect(ids).toEqual(["name", "owner", "phone"]);
  });

  it("ask for what they show and what conditions refer to, never for what is hidden", () => {
    const company = { ...field("company", "reference"), entity: "company" } as Field;
    const people = { ...entity, fields: [...entity.fields, company] };
    const all = allColumns(people, access([], []), true);
    const shown = shownColumns(all, people, ["phone", "owner", "next_activity"]);
    const hides = (...names: string[]) => ({ hidden: { person: names } }) as unknown as Me;
    expect(askedOf(hides(), people, shown)).toEqual({ fields: "name,phone", next_activity: true });
    const by = [{ field: "company", op: "in" as const, values: ["1"] }];
    expect(askedOf(hides("phone"), people, shown.slice(0, 2), by)).toEqual({ fields: "company,name" });
    const deals = { ...entity, name: "deal" };
    expect(askedOf({ hidden: {} } as Me, deals, []).fields).toBe("lost_reason,name,stage");
  });
});

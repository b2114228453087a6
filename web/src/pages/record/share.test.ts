import { expect, it } from "vitest";
import type { Entity, Grant, Role } from "@/api/types";
import { bodyOf, builtInRoles, endOf, firstDraft, fittingRoles, inOrder, VIEWER } from "./share";

const person = { name: "person", parents: [] } as unknown as Entity;
const note = { name: "note", parents: ["person"] } as unknown as Entity;

const role = (id: string, label: string, scopes: Record<string, string>) =>
  ({ id, name: label, label: { pl: label, en: label }, entities: { person: { scopes } } }) as unknown as Role;

it("begins with the viewer's role, for thirty days", () => {
  expect(firstDraft("2026-12-05")).toMatchObject({ role: VIEWER, until: "2027-01-04", fields: [], to: null });
});

it("lasts to the end of the chosen day, where the user is", () => {
  const end = new Date(endOf("2026-12-27"));
  expect([end.getDate(), end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([27, 23, 59, 59]);
});

it("asks for what was chosen, and leaves out what was not", () => {
  const draft = {
    ...firstDraft("2026-12-05"),
    to: "user:u",
    until: "",
    reason: "  Pomoc \n przy   ofercie ",
  };
  expect(bodyOf({ ...draft, to: null })).toBeNull();
  expect(bodyOf(draft)).toEqual({
    to: { user: "u" },
    role: VIEWER,
    with_related: false,
    reason: "Pomoc przy ofercie",
  });
  const more = { ...draft, to: "team:t", related: true, fields: ["name"], until: "2026-12-27" };
  expect(bodyOf(more)).toMatchObject({
    to: { team: "t" },
    with_related: true,
    fields: ["name"],
    until: endOf("2026-12-27"),
  });
});

it("offers the roles that let such a record be read, those made for sharing first", () => {
  const contributor = builtInRoles(person, (name) => name)[1]?.value ?? "";
  const roles = [
    role("b", "Zarząd", { read: "all", export: "none" }),
    role(contributor, "Współpraca", { read: "own", update: "own" }),
    role("c", "Analiza", { read: "team" }),
    role(VIEWER, "Wgląd", { read: "own" }),
    role("d", "Bez odczytu", { read: "none", update: "own" }),
  ];
  const offered = fittingRoles(person, roles);
  expect(offered.map((one) => one.value)).toEqual([VIEWER, contributor, "c", "b"]);
  expect(offered[3]?.actions).toEqual(["read"]);
  expect(fittingRoles(note, roles)).toEqual([]);
});

it("says of the built-in roles what they let do", () => {
  const actions = (entity: Entity) => builtInRoles(entity, (name) => name).map((one) => one.actions);
  expect(actions(person)).toEqual([["read"], ["read", "update"]]);
  expect(actions(note)).toEqual([["read"], ["read", "create", "update"]]);
});

it("lists what is in force first, then what will be, the latest first", () => {
  const grant = (id: string, state: Grant["state"], at: string) => ({ id, state, at }) as Grant;
  const grants = [
    grant("old", "ended", "2026-01-09T00:00:00Z"),
    grant("first", "in_force", "2026-01-01T00:00:00Z"),
    grant("later", "pending", "2026-01-08T00:00:00Z"),
    grant("last", "in_force", "2026-01-02T00:00:00Z"),
  ];
  expect(inOrder(grants).map((one) => one.id)).toEqual(["last", "first", "later", "old"]);
});

import { expect, test } from "vitest";
import type { Entity, RoleInput } from "@/api/types";
import { clientName } from "./clientName";
import { differences, levelOf, tidy } from "./rights";
import { slug } from "./slug";

const role = (change: Partial<RoleInput> = {}): RoleInput => ({
  name: "helper",
  label: { pl: "Pomocnik", en: "Helper" },
  entities: { person: { scopes: { read: "team" }, level: "read" } },
  denials: {},
  things: {},
  ...change,
});

test("the same role written in another way does not differ", () => {
  const same = role({
    entities: { person: { scopes: { read: "team", export: "none" }, level: "read", fields: {} }, deal: {} },
    things: {},
  });
  expect(differences(role(), same)).toEqual([]);
  expect(tidy(same, []).entities).toEqual({
    person: { scopes: { read: "team" }, level: "read", fields: {} },
  });
});

test("levels of fields that are not there are not sent", () => {
  const known = [{ name: "person", fields: [{ name: "email" }] }] as Entity[];
  const fields = { email: "hidden", gone: "hidden" } as const;
  const { entities } = tidy(role({ entities: { person: { fields } } }), known);
  expect(entities?.person?.fields).toEqual({ email: "hidden" });
});

test("every difference says which way it goes", () => {
  const next = role({
    entities: { person: { scopes: { read: "own", export: "all" }, level: "read", special: "write" } },
    denials: { deal: ["read"] },
    things: { ledger: "read" },
  });
  expect(differences(role(), next).map((d) => [d.part, d.what, d.from, d.to, d.sense])).toEqual([
    ["scope", "read", "team", "own", "narrower"],
    ["scope", "export", "none", "all", "wider"],
    ["special", undefined, "as-special", "write", "wider"],
    ["denial", "read", "not-denied", "denied", "narrower"],
    ["thing", "ledger", "none", "read", "wider"],
  ]);
});

test("a field's own level is held against that of its kind", () => {
  const next = role({
    entities: { person: { scopes: { read: "team" }, level: "read", fields: { pesel: "masked" } } },
  });
  const flags = (special: boolean) => () => ({ trade: false, special });
  expect(differences(role(), next, flags(true)).map((d) => d.sense)).toEqual(["wider"]);
  expect(differences(role(), next, flags(false)).map((d) => d.sense)).toEqual(["narrower"]);
});

test("trade and special data are never seen better than ordinary fields", () => {
  expect(levelOf({ level: "read", trade: "write" }, "trade")).toBe("read");
  expect(levelOf({ level: "write" }, "trade")).toBe("write");
  expect(levelOf({ level: "write" }, "special")).toBe("hidden");
});

test("labels become names", () => {
  expect(slug("Źródło leada (2026)")).toBe("zrodlo_leada_2026");
  expect(slug("  Łączna wartość! ")).toBe("laczna_wartosc");
});

test("clients are told in few words", () => {
  const mozilla = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
  expect(
    clientName(`${mozilla} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36 Edg/141.0`),
  ).toBe("Edge 141, Windows");
  expect(
    clientName(`${mozilla.replace(/\(.*/, "(X11; Linux x86_64; rv:128.0)")} Gecko/20100101 Firefox/128.0`),
  ).toBe("Firefox 128, Linux");
  expect(clientName("curl/7.88.1")).toBe("curl/7.88.1");
});

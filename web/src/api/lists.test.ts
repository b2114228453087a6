import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readPage, readTotals, searchAll } from "./lists";

const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    asked.push(`${method} ${url.replace("/api/v1", "")}${body ? ` ${body}` : ""}`);
    return Response.json({ items: [], groups: [], next_cursor: null });
  });
});
afterEach(() => vi.unstubAllGlobals());

it("puts words and conditions into no address", async () => {
  const beside = { sort: "-name", limit: 20, refs: true, count: undefined, cursor: "" };
  await readPage("people", { q: "Kowalska", fields: "city,name", ...beside });
  await readPage("people", { filter: ["city:eq:Łódź"], parent: null, ...beside });
  await readTotals("deals", { group: "stage", sum: "value", filter: "owner:eq:a" });
  await searchAll("Kowalska", 5);
  const more = '"sort":"-name","limit":20,"refs":true';
  expect(asked).toEqual([
    `POST /people/query {"q":"Kowalska","fields":["city","name"],${more}}`,
    `POST /people/query {"filter":["city:eq:Łódź"],${more}}`,
    'POST /deals/totals {"group":"stage","sum":"value","filter":["owner:eq:a"]}',
    'POST /search {"q":"Kowalska","limit":5}',
  ]);
});

it("reads a list without any as before", async () => {
  await readPage("people", { q: "", filter: [], limit: 20, fields: "city,name" });
  await readTotals("deals", { group: "stage", filter: [] });
  expect(asked).toEqual(["GET /people?limit=20&fields=city%2Cname", "GET /deals/totals?group=stage"]);
});

import { expect, test } from "vitest";
import { countOf, filtersOf, queryOf, readCheckpoint } from "./filters";

test("an address becomes a query: days of local time, both included", () => {
  const filters = filtersOf({ act: "field.reveal", from: "2026-11-01", to: "2026-11-30", before: "90" });
  const query = queryOf(filters);
  expect(query.act).toEqual(["field.reveal"]);
  expect(query.from).toBe(new Date(2026, 10, 1).toISOString());
  expect(query.to).toBe(new Date(2026, 11, 1).toISOString());
  expect(countOf(filters)).toBe(3);
  expect(queryOf(filtersOf({ from: "yesterday" })).from).toBeUndefined();
});

test("what pages ask for by themselves is left out until it is wanted", () => {
  const except = (search: Record<string, string>) => queryOf(filtersOf(search)).except;
  expect(except({})).toContain("job.read");
  expect(except({ outcome: "done" })).toContain("job.read");
  expect(except({ act: "job.read" })).toBeUndefined();
  expect(except({ pages: "1" })).toBeUndefined();
  expect(countOf(filtersOf({ pages: "1" }))).toBe(0);
});

test("a checkpoint is read", () => {
  const text = "klucznik.local/abc\n93\nPCuJrWw=\nat 2026-11-26T17:10:43.953Z\n\n— klucznik.local/abc rB1K\n";
  expect(readCheckpoint(text)).toEqual({
    origin: "klucznik.local/abc",
    size: 93,
    root: "PCuJrWw=",
    at: "2026-11-26T17:10:43.953Z",
  });
  expect(readCheckpoint("")).toEqual({ origin: "", size: 0, root: "", at: undefined });
});

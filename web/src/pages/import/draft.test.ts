import { expect, it } from "vitest";
import type { ImportPreview } from "@/api/types";
import { answer, choose, EMPTY } from "./draft";

const file = (name: string) => new File(["Nazwisko\nNowak"], name);
const preview = {
  columns: [{ heading: "Nazwisko", field: "last_name", samples: [] }],
} as unknown as ImportPreview;

it("takes what was found out about a file for that file only", () => {
  const asked = choose(EMPTY, { entity: "person", file: file("a.csv") });
  expect(answer(asked, asked, { preview, step: "columns" }).map).toEqual({ Nazwisko: "last_name" });
  const other = choose(asked, { file: file("b.csv") });
  expect(answer(other, asked, { preview, step: "columns" })).toBe(other);
});

it("takes a dry run for the columns it was made with only", () => {
  const asked = choose(choose(EMPTY, { entity: "person", file: file("a.csv") }), { preview });
  expect(answer(asked, asked, { dryRun: "1" }).dryRun).toBe("1");
  const other = choose(asked, { map: { Nazwisko: "" } });
  expect(answer(other, asked, { dryRun: "1" }).dryRun).toBeNull();
  // A look at another step changes nothing.
  expect(answer(choose(asked, { step: "file" }), asked, { dryRun: "1" }).dryRun).toBe("1");
});

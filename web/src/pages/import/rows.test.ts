import { describe, expect, it } from "vitest";
import { csv, grouped, type RefusedRow } from "./rows";

const row = (line: number, column: string | undefined, code: string): RefusedRow => ({
  line,
  column,
  code,
  reason: { pl: code, en: code },
});

describe("rows that did not go in", () => {
  it("are gathered by column and fault, the largest group first", () => {
    const groups = grouped([
      row(2, "NIP", "not-nip"),
      row(3, "E-mail", "not-email"),
      row(9, "E-mail", "not-email"),
    ]);
    expect(groups.map((g) => [g.column, g.rows.map((r) => r.line)])).toEqual([
      ["E-mail", [3, 9]],
      ["NIP", [2]],
    ]);
  });

  it("become a file in which nothing is a formula", () => {
    const text = csv(
      ["a", "b"],
      [
        ['=HYPERLINK("x")', "x;y"],
        ["+48 22", "zwykły"],
      ],
    );
    expect(text).toBe(`\uFEFFa;b\r\n"'=HYPERLINK(""x"")";"x;y"\r\n'+48 22;zwykły\r\n`);
  });
});

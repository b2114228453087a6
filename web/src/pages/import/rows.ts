// Rows that did not go in: gathered by what is wrong, and as a file for whoever mends the source.
import type { ImportReport, Text } from "@/api/types";

export type RefusedRow = ImportReport["listed"][number];

export interface Group {
  key: string;
  column: string;
  code: string;
  reason: Text;
  example: string;
  rows: RefusedRow[];
}

/** Same column, same fault: one group, the largest first. */
export function grouped(rows: RefusedRow[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = `${row.column ?? ""}\n${row.code}`;
    const group = groups.get(key);
    if (group) group.rows.push(row);
    else
      groups.set(key, {
        key,
        column: row.column ?? "",
        code: row.code,
        reason: row.reason,
        example: row.example ?? "",
        rows: [row],
      });
  }
  return [...groups.values()].sort((a, b) => b.rows.length - a.rows.length);
}

/** One cell. What a spreadsheet would take for a formula is marked as text. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The list as CSV with the mark of UTF-8, semicolons as spreadsheets here expect them. */
export function csv(headings: string[], rows: string[][]): string {
  return `\uFEFF${[headings, ...rows].map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;
}

// biome-ignore-all lint/a11y/noRedundantRoles: `display` on phones takes the roles away in some browsers
import { Button, Group } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { compare } from "@/lib/format";
import classes from "./Rows.module.css";

export interface Column<T> {
  key: string;
  label: string;
  cell: (row: T) => ReactNode;
  /** What the column is sorted by; not sortable if absent. */
  sort?: (row: T) => string | number;
  end?: boolean;
  /** The label is for screen readers only, as over buttons. */
  quiet?: boolean;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  keyOf: (row: T) => string;
  /** Draws all rows, as for paper. */
  whole?: boolean;
}

const CHUNK = 100;

const order = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));

/** A plain table that becomes a stack of labelled lines on a phone. Roles are named since `display` takes them. */
export function Rows<T>({ label, columns, rows, keyOf, whole }: Props<T>) {
  const { t } = useTranslation("admin");
  const [sort, setSort] = useState<{ key: string; down: boolean } | null>(null);
  const [shown, setShown] = useState(whole ? Number.POSITIVE_INFINITY : CHUNK);
  const by = columns.find((c) => c.key === sort?.key)?.sort;
  const sorted = by ? [...rows].sort((a, b) => order(by(a), by(b)) * (sort?.down ? -1 : 1)) : rows;
  return (
    <>
      <table className={classes.table} aria-label={label} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {sorted.slice(0, shown).map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map((column) => (
                <td
                  key={column.key}
                  role="cell"
                  data-label={column.quiet ? "" : column.label}
                  className={column.end ? classes.end : undefined}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <Group justify="center">
          <Button variant="default" onClick={() => setShown(shown + CHUNK)}>
            {t("showMore", { count: Math.min(CHUNK, sorted.length - shown) })}
          </Button>
        </Group>
      )}
    </>
  );
}

interface HeadProps<T> {
  column: Column<T>;
  sort: { key: string; down: boolean } | null;
  onSort: (sort: { key: string; down: boolean }) => void;
}

function Head<T>({ column, sort, onSort }: HeadProps<T>) {
  const active = sort?.key === column.key;
  const aria = active ? (sort.down ? "descending" : "ascending") : "none";
  return (
    <th
      scope="col"
      role="columnheader"
      className={column.end ? classes.end : undefined}
      aria-sort={column.sort ? aria : undefined}
    >
      {column.sort ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort({ key: column.key, down: active ? !sort.down : false })}
        >
          {column.label}
          {active &&
            (sort.down ? <IconArrowDown size={12} aria-hidden /> : <IconArrowUp size={12} aria-hidden />)}
        </button>
      ) : (
        <span className={column.quiet ? "visually-hidden" : undefined}>{column.label}</span>
      )}
    </th>
  );
}

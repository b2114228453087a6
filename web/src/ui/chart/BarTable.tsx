import type { ReactNode } from "react";
import { watchEdges } from "../edges";
import classes from "./Chart.module.css";

export interface BarRow {
  key: string;
  /** May be a link to what is behind the number. */
  label: ReactNode;
  /** Length of the bar. */
  value: number;
  /** One text a column. */
  cells: string[];
}

interface Props {
  label: string;
  /** Heading of the first column, then of the cells. */
  heads: string[];
  rows: BarRow[];
  tone?: "chart-1" | "chart-2";
}

/** A bar chart that is its own table: a bar under each row's name, the numbers beside it. */
export function BarTable({ label, heads, rows, tone = "chart-1" }: Props) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <div ref={watchEdges} className={classes.scroll}>
      <table className={classes.barTable} aria-label={label}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <span>{row.label}</span>
                <span className={classes.track} aria-hidden>
                  <span
                    className={classes.bar}
                    style={{
                      width: `${(100 * row.value) / most}%`,
                      background: `var(--k-${tone})`,
                    }}
                  />
                </span>
              </th>
              {row.cells.map((cell, i) => (
                <td key={heads[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// biome-ignore-all lint/a11y/noRedundantRoles: `display` on phones takes the roles away in some browsers
import type { ReactNode } from "react";
import { watchEdges } from "@/ui/edges";
import classes from "./Matrix.module.css";

interface Axis {
  key: string;
  label: string;
}

interface Props {
  label: string;
  rows: Axis[];
  columns: Axis[];
  cell: (row: Axis, column: Axis) => ReactNode;
}

/** Rows by columns; on a phone each row is a list of its own. Native elements, for there are many. */
export function Matrix({ label, rows, columns, cell }: Props) {
  return (
    <div ref={watchEdges} className={classes.scroll}>
      <table className={classes.matrix} aria-label={label} role="table">
        <thead role="rowgroup">
          <tr role="row">
            <td role="cell" />
            {columns.map((column) => (
              <th key={column.key} scope="col" role="columnheader">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={row.key} role="row">
              <th scope="row" role="rowheader">
                {row.label}
              </th>
              {columns.map((column) => (
                <td key={column.key} role="cell" data-label={column.label}>
                  {cell(row, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PickProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  changed?: boolean;
  disabled?: boolean;
  /** The value that means nothing is given, drawn paler. */
  none?: string;
  onChange: (value: string) => void;
}

export function Pick({ label, value, options, changed, disabled, none, onChange }: PickProps) {
  return (
    <select
      className={classes.select}
      aria-label={label}
      value={value}
      disabled={disabled}
      data-changed={changed || undefined}
      data-none={value === none || undefined}
      onChange={(e) => onChange(e.currentTarget.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface TickProps {
  label: string;
  checked: boolean;
  changed?: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

export function Tick({ label, checked, changed, disabled, onChange }: TickProps) {
  return (
    <label className={classes.check} data-changed={changed || undefined}>
      <span className="visually-hidden">{label}</span>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(e) => onChange(e.currentTarget.checked)}
      />
    </label>
  );
}

import { memo, type ReactNode } from "react";
import type { DataColumn } from "./DataTable";
import classes from "./DataTable.module.css";

interface Props<T extends { id: string }> {
  row: T;
  index: number;
  columns: DataColumn<T>[];
  selected: boolean;
  active: boolean;
  onActive: (index: number) => void;
  onTick?: (index: number, range: boolean) => void;
  href?: (row: T) => string;
  onOpen?: (row: T, event: React.MouseEvent) => void;
  /** Label of the row's checkbox. */
  tickLabel: (row: T) => string;
}

interface LinkProps<T> {
  row: T;
  href?: (row: T) => string;
  onOpen?: (row: T, event: React.MouseEvent) => void;
  children: ReactNode;
}

/** A real link, so that it can be copied and opened in another tab; a plain click stays inside. */
export function RowLink<T>({ row, href, onOpen, children }: LinkProps<T>) {
  if (!href) return <span data-focus>{children}</span>;
  return (
    <a href={href(row)} className={classes.link} data-focus onClick={(event) => onOpen?.(row, event)}>
      {children}
    </a>
  );
}

export function Tick(props: {
  index: number;
  selected: boolean;
  label: string;
  onTick: (index: number, range: boolean) => void;
}) {
  const { index, selected, label, onTick } = props;
  return (
    <label className={classes.box}>
      <input
        type="checkbox"
        aria-label={label}
        checked={selected}
        onChange={(event) => onTick(index, (event.nativeEvent as MouseEvent).shiftKey)}
      />
    </label>
  );
}

function Row<T extends { id: string }>(props: Props<T>) {
  const { row, index, columns, selected, active, onActive, onTick, href, onOpen, tickLabel } = props;
  return (
    <tr
      className={classes.row}
      aria-rowindex={index + 2}
      data-index={index}
      data-selected={selected || undefined}
      data-active={active || undefined}
      onFocus={() => onActive(index)}
    >
      {onTick && (
        <td className={classes.tick}>
          <Tick index={index} selected={selected} label={tickLabel(row)} onTick={onTick} />
        </td>
      )}
      {columns.map((column, at) =>
        at === 0 ? (
          <td key={column.id} className={`${classes.name} ${onTick ? "" : classes.first}`}>
            <RowLink row={row} href={href} onOpen={onOpen}>
              {column.cell(row)}
            </RowLink>
          </td>
        ) : (
          <td key={column.id} className={column.numeric ? classes.number : undefined}>
            {column.cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}

export const DataTableRow = memo(Row) as typeof Row;

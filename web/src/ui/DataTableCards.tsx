// On a phone each row is a card: the name, then what the next columns say. The page itself scrolls.
import type { Virtualizer } from "@tanstack/react-virtual";
import type { RefObject } from "react";
import type { DataTableProps } from "./DataTable";
import classes from "./DataTable.module.css";
import { DataTableMore } from "./DataTableMore";
import { RowLink, Tick } from "./DataTableRow";
import { isSelected, NONE, type Select } from "./DataTableSelection";

interface Props<T extends { id: string }> extends DataTableProps<T> {
  frame: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLElement, Element>;
  select: Select;
  tickLabel: (row: T) => string;
}

export function DataTableCards<T extends { id: string }>(props: Props<T>) {
  const { rows, columns, selection = NONE, onSelect, virtual, frame, select, tickLabel } = props;
  const [name, ...rest] = columns;
  const margin = virtual.options.scrollMargin;
  return (
    <div ref={frame} className={props.old ? classes.old : undefined}>
      <ul className={classes.cards} style={{ height: virtual.getTotalSize() }} aria-label={props.label}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row || !name) return null;
          const selected = isSelected(selection, row.id);
          const filled = rest.filter((column) => !column.isEmpty?.(row));
          return (
            <li
              key={row.id}
              className={classes.card}
              style={{ transform: `translateY(${item.start - margin}px)` }}
              data-index={item.index}
              data-selected={selected || undefined}
              aria-setsize={props.total ?? -1}
              aria-posinset={item.index + 1}
            >
              {onSelect && (
                <Tick index={item.index} selected={selected} label={tickLabel(row)} onTick={select.tick} />
              )}
              <div className={`${classes.body} ${onSelect ? "" : classes.bare}`}>
                <RowLink row={row} href={props.href} onOpen={props.onOpen}>
                  {name.cell(row)}
                </RowLink>
                <Line columns={filled.slice(0, 2)} row={row} />
                <Line columns={filled.slice(2, 4)} row={row} />
              </div>
            </li>
          );
        })}
      </ul>
      {(props.loadingMore || props.failedMore) && (
        <DataTableMore loaded={rows.length} failed={props.failedMore} onRetry={props.onMore} />
      )}
    </div>
  );
}

function Line<T extends { id: string }>({ columns, row }: { columns: DataTableProps<T>["columns"]; row: T }) {
  return (
    <div className={classes.line}>
      {columns.map((column) => (
        <span key={column.id}>
          <span className="visually-hidden">{column.label}: </span>
          {column.cell(row)}
        </span>
      ))}
    </div>
  );
}

// A long table: native elements, only what is on screen in the document, keys, selection, and back to the same place.
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "@/lib/entities";
import classes from "./DataTable.module.css";
import { DataTableCards } from "./DataTableCards";
import { type RowAct, useRowKeys } from "./DataTableKeys";
import { DataTableMore } from "./DataTableMore";
import { placeOf, useEntry, usePlace } from "./DataTablePlace";
import { DataTableRow } from "./DataTableRow";
import { isSelected, NONE, type Selection, useSelect } from "./DataTableSelection";
import { watchEdges } from "./edges";

export interface DataColumn<T> {
  id: string;
  label: string;
  width: number;
  numeric?: boolean;
  /** What the server sorts by; absent if it cannot. */
  sort?: string;
  cell: (row: T) => ReactNode;
  /** Nothing to show: a card leaves it out. */
  isEmpty?: (row: T) => boolean;
}

export interface DataTableProps<T extends { id: string }> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: DataColumn<T>[];
  rows: T[];
  /** What the rows are rows of: another list begins at its top. */
  listKey?: string;
  /** All rows there are, loaded or not. */
  total?: number;
  /** Address of a row's record; the first column links to it. */
  href?: (row: T) => string;
  onOpen?: (row: T, event: React.MouseEvent) => void;
  /** Name of a row in labels. */
  nameOf: (row: T) => string;
  sort?: string;
  onSort?: (sort: string) => void;
  selection?: Selection;
  onSelect?: (selection: Selection) => void;
  /** What keys do to the active row. */
  acts?: RowAct<T>[];
  hasMore?: boolean;
  loadingMore?: boolean;
  onMore?: () => void;
  /** The next page did not come. */
  failedMore?: boolean;
  /** Shown, but about to be replaced. */
  old?: boolean;
}

const HEIGHTS = { compact: 32, default: 36, comfortable: 44 };
const CARD = 92;
/** Rows before the end at which the next page is asked for, once one scrolls: many only look at the top. */
const AHEAD = 60;
/** Counts stop here. */
const MANY = 10_000;

export function DataTable<T extends { id: string }>(props: DataTableProps<T>) {
  const { rows, columns, hasMore, failedMore, onMore, selection = NONE, onSelect, total } = props;
  const { t } = useTranslation("list");
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false }) ?? false;
  const { density = "default" } = usePreferences();
  const frame = useRef<HTMLDivElement>(null);
  const entry = useEntry();
  const place = placeOf(entry);
  const height = phone ? CARD : HEIGHTS[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => (phone ? document.getElementById("main") : frame.current),
    estimateSize: () => height,
    overscan: 4,
    useFlushSync: false,
    // Below the last row wholly in view lies as much as the header covers.
    scrollPaddingEnd: phone ? 72 : 44,
    initialOffset: place?.top ?? 0,
    scrollMargin: phone ? (frame.current?.offsetTop ?? 0) : 0,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights are measured anew
  useEffect(() => virtual.measure(), [height]);
  const select = useSelect(rows, selection, onSelect, props.listKey);
  const keys = { rows, acts: props.acts, select: onSelect && select, frame, virtual, start: place?.active };
  const { active, setActive } = useRowKeys(keys);
  useEffect(() => (phone ? undefined : watchEdges(frame.current)), [phone]);
  const known = useRef(props.listKey);
  useEffect(() => {
    if (known.current === props.listKey) return;
    known.current = props.listKey;
    setActive(-1);
    virtual.scrollToOffset(0);
  }, [props.listKey, setActive, virtual]);
  usePlace({ entry, frame, phone, active, ready: rows.length > 0 });

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const scrolled = (virtual.scrollOffset ?? 0) > 0;
  useEffect(() => {
    if (hasMore && !failedMore && last >= rows.length - (scrolled ? AHEAD : 1)) onMore?.();
  }, [hasMore, failedMore, last, scrolled, rows.length, onMore]);

  const { nameOf } = props;
  const tickLabel = useCallback((row: T) => t("select", { name: nameOf(row) }), [t, nameOf]);
  if (phone)
    return (
      <DataTableCards {...props} frame={frame} virtual={virtual} select={select} tickLabel={tickLabel} />
    );

  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const width = columns.reduce((sum, column) => sum + column.width, onSelect ? 36 : 0);
  const span = columns.length + (onSelect ? 1 : 0);
  return (
    <section
      ref={frame}
      className={`${classes.frame} ${props.old ? classes.old : ""}`}
      aria-label={props.label}
    >
      <table
        className={classes.table}
        data-stays
        style={{ minWidth: width }}
        aria-rowcount={hasMore ? (total === undefined || total >= MANY ? -1 : total + 1) : rows.length + 1}
        aria-busy={props.old || undefined}
      >
        <caption className="visually-hidden">{props.label}</caption>
        <colgroup>
          {onSelect && <col style={{ width: 36 }} />}
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {onSelect && (
              <th scope="col" className={classes.tick}>
                <TickAll rows={rows} selection={selection} onSelect={onSelect} label={t("selectAll")} />
              </th>
            )}
            {columns.map((column, at) => (
              <Head key={column.id} column={column} at={at} ticks={Boolean(onSelect)} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space height={before} span={span} />}
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <DataTableRow
                  key={row.id}
                  row={row}
                  index={item.index}
                  columns={columns}
                  selected={isSelected(selection, row.id)}
                  active={active === item.index}
                  onActive={setActive}
                  onTick={onSelect && select.tick}
                  href={props.href}
                  onOpen={props.onOpen}
                  tickLabel={tickLabel}
                />
              )
            );
          })}
          {after > 0 && <Space height={after} span={span} />}
          {(props.loadingMore || failedMore) && (
            <tr>
              <td colSpan={span} className={classes.wait}>
                <DataTableMore loaded={rows.length} failed={failedMore} onRetry={onMore} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function Space({ height, span }: { height: number; span: number }) {
  return (
    <tr aria-hidden>
      <td colSpan={span} className={classes.space} style={{ height }} />
    </tr>
  );
}

interface HeadProps<T extends { id: string }> {
  column: DataColumn<T>;
  at: number;
  ticks: boolean;
  sort?: string;
  onSort?: (sort: string) => void;
}

/** First click up, second down, third as it was. */
function Head<T extends { id: string }>({ column, at, ticks, sort = "", onSort }: HeadProps<T>) {
  const by = sort.replace(/^-/, "");
  const down = sort.startsWith("-");
  const on = column.sort !== undefined && by === column.sort;
  const names = [
    at === 0 ? classes.name : "",
    at === 0 && !ticks ? classes.first : "",
    column.numeric ? classes.number : "",
    on ? classes.sorted : "",
  ];
  const next = () => {
    if (!column.sort) return;
    onSort?.(!on ? column.sort : down ? "" : `-${column.sort}`);
  };
  return (
    <th
      scope="col"
      className={names.filter(Boolean).join(" ")}
      aria-sort={on ? (down ? "descending" : "ascending") : undefined}
    >
      {column.sort && onSort ? (
        <button type="button" className={classes.sort} onClick={next}>
          <span>{column.label}</span>
          {on && (down ? <IconArrowDown size={14} aria-hidden /> : <IconArrowUp size={14} aria-hidden />)}
        </button>
      ) : (
        <div className={classes.label}>{column.label}</div>
      )}
    </th>
  );
}

function TickAll<T extends { id: string }>(props: {
  rows: T[];
  selection: Selection;
  onSelect: (selection: Selection) => void;
  label: string;
}) {
  const { rows, selection, onSelect, label } = props;
  const every = rows.length > 0 && rows.every((row) => isSelected(selection, row.id));
  const some = !every && selection.ids.size > 0;
  return (
    <label className={classes.box}>
      <span className="visually-hidden">{label}</span>
      <input
        type="checkbox"
        checked={every}
        ref={(input) => {
          if (input) input.indeterminate = some;
        }}
        onChange={() => onSelect(every ? NONE : { all: false, ids: new Set(rows.map((row) => row.id)) })}
      />
    </label>
  );
}

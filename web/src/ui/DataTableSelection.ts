import { useRef } from "react";

/** Which rows are chosen: these, or all that the list's conditions fit, loaded or not. */
export interface Selection {
  all: boolean;
  ids: ReadonlySet<string>;
}

export const NONE: Selection = { all: false, ids: new Set() };

export const isSelected = (selection: Selection, id: string) => selection.all || selection.ids.has(id);

const PAGE = 50;

/** All rows loaded are chosen, or a first page at least: whoever did so may want all, also when more come in. */
export const choosesPage = ({ all, ids }: Selection, loaded: number) =>
  !all && ids.size > 0 && ids.size >= Math.min(loaded, PAGE);

export interface Select {
  /** Ticks one row, or with Shift all from the last ticked one to it. */
  tick: (index: number, range: boolean) => void;
}

export function useSelect(
  rows: { id: string }[],
  selection: Selection,
  onSelect?: (selection: Selection) => void,
  /** What the rows are rows of: in another list no range begins at a row ticked in this one. */
  list?: string,
): Select {
  const latest = useRef({ rows, selection, onSelect });
  latest.current = { rows, selection, onSelect };
  // By its id: rows that come in above it move it.
  const last = useRef<string | null>(null);
  const known = useRef(list);
  if (known.current !== list) {
    known.current = list;
    last.current = null;
  }
  const tick = useRef((index: number, range: boolean) => {
    const now = latest.current;
    const row = now.rows[index];
    if (!row) return;
    // Taking one out of "all" leaves those that are loaded.
    const ids = new Set(now.selection.all ? now.rows.map((r) => r.id) : now.selection.ids);
    const on = !ids.has(row.id);
    const start = range ? now.rows.findIndex(({ id }) => id === last.current) : -1;
    const [from, to] = start < 0 ? [index, index] : [Math.min(start, index), Math.max(start, index)];
    for (const { id } of now.rows.slice(from, to + 1)) {
      if (on) ids.add(id);
      else ids.delete(id);
    }
    last.current = row.id;
    now.onSelect?.({ all: false, ids });
  });
  return { tick: tick.current };
}

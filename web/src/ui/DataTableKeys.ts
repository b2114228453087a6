// J and K go from row to row, X ticks, Shift+X ticks up to here; Enter opens, since the row's link has the focus.
import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/lib/keys";
import type { Select } from "./DataTableSelection";

/** What a key does to the active row. */
export interface RowAct<T> {
  keys: string;
  label: string;
  run: (row: T) => void;
}

interface Wish<T> {
  rows: T[];
  acts?: RowAct<T>[];
  /** Absent if rows cannot be chosen. */
  select?: Select;
  frame: RefObject<HTMLDivElement | null>;
  virtual: Virtualizer<HTMLElement, Element>;
  /** The row that was active when one left. */
  start?: number;
}

export function useRowKeys<T extends { id: string }>({
  rows,
  acts = [],
  select,
  frame,
  virtual,
  start,
}: Wish<T>) {
  const { t } = useTranslation("list");
  const [active, setActive] = useState(start ?? -1);
  const wanted = useRef(start !== undefined && start >= 0);

  // The row may have to be drawn first: it is looked for after each drawing until it is there.
  useEffect(() => {
    if (!wanted.current) return;
    const link = frame.current?.querySelector<HTMLElement>(`[data-index="${active}"] [data-focus]`);
    if (!link) return;
    wanted.current = false;
    // After the page's heading, which takes the focus on arrival.
    if (document.activeElement?.closest("[data-index]")) link.focus({ preventScroll: true });
    else window.setTimeout(() => link.focus({ preventScroll: true }));
  });

  const move = (by: number) => {
    if (rows.length === 0) return;
    const view = virtual.range;
    const seen = view !== null && active >= view.startIndex && active <= view.endIndex;
    const next = Math.max(0, Math.min(rows.length - 1, seen ? active + by : (view?.startIndex ?? 0)));
    wanted.current = true;
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const tick = (range: boolean) => {
    if (active >= 0) select?.tick(active, range);
  };
  const group = t("keys.group");
  useShortcuts([
    { keys: "j", label: t("keys.next"), group, run: () => move(1) },
    { keys: "k", label: t("keys.previous"), group, run: () => move(-1) },
    { keys: "x", label: t("keys.tick"), group, run: () => tick(false) },
    { keys: "shift+x", label: t("keys.range"), group, run: () => tick(true) },
    ...acts.map(({ keys, label, run }) => ({
      keys,
      label,
      group,
      run: () => {
        const row = rows[active];
        if (row) run(row);
      },
    })),
  ]);
  const arrow = useRef(move);
  arrow.current = move;
  useEffect(() => {
    const element = frame.current;
    const onKey = (event: KeyboardEvent) => {
      const row = event.target instanceof HTMLElement && event.target.closest("[data-index]");
      const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (!row || !by || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      arrow.current(by);
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [frame]);
  return { active, setActive };
}

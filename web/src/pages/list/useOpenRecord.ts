import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import type { Row } from "@/api/types";
import { recordPath } from "@/lib/paths";
import { fromState } from "@/lib/typed";

/** Neighbours that go along to the record for "previous" and "next". */
const AROUND = 250;

/** Goes to a record, with the list it came from. */
export function useShowRecord(plural: string, rows: Row[]) {
  const go = useNavigate();
  const latest = useRef(rows);
  latest.current = rows;
  return useCallback(
    (id: string, search?: { tab: string }) => {
      const all = latest.current;
      const at = all.findIndex((r) => r.id === id);
      const ids = all.slice(Math.max(0, at - AROUND), at + AROUND + 1).map((r) => r.id);
      void go({ to: recordPath(plural, id), search, state: fromState({ plural, ids }) } as never);
    },
    [go, plural],
  );
}

/** Opens a record on a plain click, with the list it came from; other clicks stay the browser's. */
export function useOpenRecord(plural: string, rows: Row[]) {
  const show = useShowRecord(plural, rows);
  return useCallback(
    (row: { id: string }, event: React.MouseEvent) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(row.id);
    },
    [show],
  );
}

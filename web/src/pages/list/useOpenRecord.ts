import { useNavigate } from "@tanstack/react-router";
import { useCallback, useRef } from "react";
import type { Row } from "@/api/types";
import { recordPath } from "@/lib/paths";

/** Neighbours that go along to the record for "previous" and "next". */
const AROUND = 250;

/** Opens a record on a plain click, with the list it came from; other clicks stay the browser's. */
export function useOpenRecord(plural: string, rows: Row[]) {
  const go = useNavigate();
  const latest = useRef(rows);
  latest.current = rows;
  return useCallback(
    (row: { id: string }, event: React.MouseEvent) => {
      if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      const all = latest.current;
      const at = all.findIndex((r) => r.id === row.id);
      const ids = all.slice(Math.max(0, at - AROUND), at + AROUND + 1).map((r) => r.id);
      void go({ to: recordPath(plural, row.id), state: { from: { plural, ids } } });
    },
    [go, plural],
  );
}

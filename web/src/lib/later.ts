// What the first list can do without comes after it: as soon as somebody is there, or in a while, so that what opens by
// a key or a click is there before that is pressed.
import { useEffect, useState } from "react";

const WHILE_MS = 3000;
const SIGNS = ["pointermove", "pointerdown", "keydown"] as const;
let begun = false;

/** Whether it is time. */
export function useLater(): boolean {
  const [later, setLater] = useState(begun);
  useEffect(() => {
    if (later) return;
    const begin = () => {
      begun = true;
      setLater(true);
    };
    const timer = window.setTimeout(begin, WHILE_MS);
    for (const sign of SIGNS) window.addEventListener(sign, begin, { passive: true });
    return () => {
      window.clearTimeout(timer);
      for (const sign of SIGNS) window.removeEventListener(sign, begin);
    };
  }, [later]);
  return later;
}

/** Fetches these parts of the program then. */
export function useSoon(parts: readonly (() => Promise<unknown>)[]): void {
  const later = useLater();
  useEffect(() => {
    if (later) for (const load of parts) void load();
  }, [later, parts]);
}

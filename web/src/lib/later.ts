// What the first list can do without comes after it: as soon as somebody is there, or in a while, so that what opens by
// a key or a click is there before that is pressed.
import { type ComponentType, useEffect, useState } from "react";

const WHILE_MS = 3000;
/** How long until a part that could not be fetched is asked for again. */
const AGAIN_MS = 2000;
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
    // What does not come now is fetched when it is needed.
    if (later) for (const load of parts) load().catch(() => {});
  }, [later, parts]);
}

/** A part that nobody asks for: drawn once it has come, however often the line breaks before that. */
export function usePart(load: () => Promise<{ default: ComponentType }>): ComponentType | undefined {
  const later = useLater();
  const [part, setPart] = useState<ComponentType>();
  useEffect(() => {
    if (!later) return;
    let gone = false;
    let timer: number | undefined;
    const fetch = () => {
      load().then(
        (come) => gone || setPart(() => come.default),
        () => {
          if (!gone) timer = window.setTimeout(fetch, AGAIN_MS);
        },
      );
    };
    fetch();
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [later, load]);
  return part;
}

import { useEffect, useRef, useState } from "react";
import { openerOf } from "@/lib/overlay";

/** Where the focus was before the overlay that is open now: one opened from it goes back there too. */
let beforeAll: Element | null = null;

function origin(): Element | null {
  const focused = document.activeElement;
  // What was pressed is gone already.
  if (!focused || focused === document.body) {
    beforeAll = openerOf();
    return beforeAll;
  }
  // The item of a menu is gone by then: its menu's button is meant.
  const menu = focused?.closest("[role='menu']")?.getAttribute("aria-labelledby");
  if (menu) {
    beforeAll = document.getElementById(menu);
    return beforeAll;
  }
  if (focused?.closest("[role='dialog']") && beforeAll?.isConnected) return beforeAll;
  beforeAll = focused;
  return focused;
}

/**
 * For overlays that exist only while open: gives the focus back to where it was, unless something else has
 * taken it meanwhile (the heading of the page gone to).
 */
export function useReturnFocus(): void {
  const [before] = useState(origin);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      window.setTimeout(() => {
        const nowhere = document.activeElement === null || document.activeElement === document.body;
        if (!here.current && nowhere && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true });
      }, 20);
    };
  }, [before]);
}

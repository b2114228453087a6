import { useEffect, useRef, useState } from "react";

/**
 * For overlays that exist only while open: gives the focus back to where it was, unless something else has
 * taken it meanwhile (the heading of the page gone to).
 */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
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

// Where one was in a table, by history entry: coming back from a record leads to the same row. In memory only.
import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef, useState } from "react";

interface Place {
  top: number;
  active: number;
}

const places = new Map<string, Place>();
const MAX = 50;

export const placeOf = (entry: string): Place | undefined => places.get(entry);

/** The history entry that the table stands in. On the way to another page the router is already there: not followed. */
export function useEntry(): string {
  const { pathname, key } = useLocation({
    select: (l) => ({ pathname: l.pathname, key: String(l.state.__TSR_key ?? l.state.key ?? "") }),
  });
  const [home] = useState(pathname);
  const entry = useRef(key);
  if (pathname === home) entry.current = key;
  return entry.current;
}

interface Wish {
  entry: string;
  frame: RefObject<HTMLDivElement | null>;
  phone: boolean;
  active: number;
  ready: boolean;
}

export function usePlace({ entry, frame, phone, active, ready }: Wish): void {
  const now = useRef({ entry, active, top: 0 });
  now.current.entry = entry;
  now.current.active = active;
  useEffect(() => {
    const scroller = phone ? document.getElementById("main") : frame.current;
    if (!scroller || !ready) return;
    const kept = places.get(now.current.entry);
    if (kept) scroller.scrollTop = kept.top;
    now.current.top = scroller.scrollTop;
    const follow = () => {
      now.current.top = scroller.scrollTop;
    };
    scroller.addEventListener("scroll", follow, { passive: true });
    return () => {
      scroller.removeEventListener("scroll", follow);
      const { entry: at, ...place } = now.current;
      places.delete(at);
      places.set(at, place);
      const oldest = places.keys().next().value;
      if (places.size > MAX && oldest !== undefined) places.delete(oldest);
    };
  }, [frame, phone, ready]);
}

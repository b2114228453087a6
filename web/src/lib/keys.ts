// Keyboard shortcuts: one listener, handlers registered by what is on screen. Single keys never fire in fields,
// and can be switched off (WCAG 2.1.4).
import { useEffect, useRef } from "react";

export interface Shortcut {
  /** "n", "shift+x", "g h", "mod+k" (Ctrl or Command), "?" */
  keys: string;
  /** What it does, for the help. */
  label: string;
  run: (event: KeyboardEvent) => void;
  /** Fires inside fields too: for combinations with Ctrl only. */
  inFields?: boolean;
  group?: string;
}

const active: Shortcut[][] = [];
let enabled = true;
let prefix = "";
let prefixTimer: number | undefined;

export const setShortcutsEnabled = (on: boolean) => {
  enabled = on;
};

/** All that work right now, the innermost first. */
export const shortcutsNow = (): Shortcut[] => [...active].reverse().flat();

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type));

function nameOf(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const shift = event.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? "shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shift}${key}`;
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  const field = isField(event.target);
  const simple = !name.startsWith("mod+");
  if (simple && (!enabled || field)) return;
  // An open dialog keeps single keys from what lies behind it.
  if (simple && document.querySelector("[aria-modal='true']")) return;
  const wanted = prefix && simple ? `${prefix} ${name}` : name;
  prefix = "";
  window.clearTimeout(prefixTimer);
  const all = shortcutsNow();
  const hit = all.find((s) => s.keys === wanted && (!field || s.inFields));
  if (hit) {
    event.preventDefault();
    hit.run(event);
    return;
  }
  if (simple && all.some((s) => s.keys.startsWith(`${name} `))) {
    prefix = name;
    prefixTimer = window.setTimeout(() => {
      prefix = "";
    }, 1200);
  }
}

if (typeof document !== "undefined") document.addEventListener("keydown", onKey);

/** Registers shortcuts as long as the component is there. */
export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const proxy = new Proxy([] as Shortcut[], {
      get: (_, property) => Reflect.get(latest.current, property),
      has: (_, property) => Reflect.has(latest.current, property),
    });
    active.push(proxy);
    return () => {
      active.splice(active.indexOf(proxy), 1);
    };
  }, []);
}

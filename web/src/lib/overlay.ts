// Which of the shell's overlays is open: any page can open one.
import { useSyncExternalStore } from "react";
import type { Fields, Id } from "@/api/types";
import { catchLetters, releaseLetters } from "./early";

/** What was typed of a new record before. */
export interface TypedDraft {
  values: Fields;
  owner: Id | null;
  parent: { entity: string; id: Id | null; title?: string } | null;
}

export interface QuickAddArgs {
  /** Entity by name; asked if absent. */
  entity?: string;
  /** What the new record hangs on. */
  parent?: { entity: string; id: string; title?: string };
  /** Values to begin with. */
  initial?: Fields;
  /** What was typed of it already. */
  typed?: TypedDraft;
}

interface Open {
  palette?: true;
  quickAdd?: QuickAddArgs;
  shortcuts?: true;
  nav?: true;
}

let open: Open = {};
const listeners = new Set<() => void>();

/** What opened the overlay: of the item of a menu, which is gone at once, the menu's button. */
let opener: Element | null = null;
export const openerOf = (): Element | null => opener;

function set(next: Open): void {
  if (Object.keys(next).length > 0) {
    const menu = document.activeElement?.closest("[role='menu']")?.getAttribute("aria-labelledby");
    opener = menu ? document.getElementById(menu) : document.activeElement;
  }
  if (!next.palette) releaseLetters();
  open = next;
  for (const listener of listeners) listener();
}

export const openPalette = () => {
  catchLetters();
  set({ palette: true });
};
export const openQuickAdd = (args: QuickAddArgs = {}) => set({ quickAdd: args });
export const openShortcuts = () => set({ shortcuts: true });
export const openNav = () => set({ nav: true });
export const closeOverlay = () => set({});

export const overlayNow = (): Open => open;

export const isOverlayOpen = () => Object.keys(open).length > 0;

export const useOverlay = (): Open =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );

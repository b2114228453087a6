// Confirming to be there, asked in place by whatever the server refuses until then. What draws it is `ui/StepUp.tsx`.
import { useSyncExternalStore } from "react";
import { confirmBy } from "@/api/client";
import type { FactorKind } from "@/api/types";

export interface Asked {
  factors: FactorKind[];
  /** For what reason, as the server says it. */
  why: string;
  /** Tells whether it was confirmed; the question is gone then. */
  answer: (yes: boolean) => void;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

function set(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** Escape leaves the question, but not the dialog below it, which holds what was typed. */
function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.isComposing || !asked) return;
  event.stopImmediatePropagation();
  asked.answer(false);
}

// Once and for all, as this is to be heard before any dialog hears it, and who listens first hears first.
window.addEventListener("keydown", leave, true);

/** Asks as long as the frame is there, which draws the question. */
export function askInPlace(): () => void {
  const off = confirmBy(
    (factors, why) =>
      new Promise((resolve) => {
        const answer = (yes: boolean) => {
          set(null);
          resolve(yes);
        };
        set({ factors, why, answer });
      }),
  );
  return () => {
    off();
    asked?.answer(false);
  };
}

export const useAsked = (): Asked | null =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => asked,
  );

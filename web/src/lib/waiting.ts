// A record that was being added when working hours ended. It waits in memory, for the same user in the same tab, until
// work begins again: what was read goes, what was typed does not.
import type { Fields, Id } from "@/api/types";
import { openQuickAdd, type QuickAddArgs, type TypedDraft } from "./overlay";

interface Typed extends TypedDraft {
  entity: string;
  args: QuickAddArgs;
  values: Fields;
}

let typing: Typed | null = null;
let waiting: { by: Id; typed: Typed } | null = null;

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

function set(next: typeof waiting): void {
  waiting = next;
  // Leaving the page would lose it: the browser asks before.
  if (next) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

/** What is being typed now, if anything is. */
export const noteTyping = (typed: Typed | null): void => {
  typing = typed;
};

/** Work is over: what this user types waits. */
export function keepTyped(by: Id): void {
  if (typing) set({ by, typed: typing });
}

/** Work has begun again: what waits for this user is opened as it was; for anybody else it is gone. */
export function bringBack(by: Id): void {
  const found = waiting;
  set(null);
  if (found?.by !== by) return;
  const { entity, args, values, owner, parent } = found.typed;
  openQuickAdd({ ...args, entity, typed: { values, owner, parent } });
}

export const isWaiting = (): boolean => waiting !== null;

/** Who signs out leaves nothing behind. */
export const forgetTyped = (): void => set(null);

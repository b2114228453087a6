// What a user typed (words searched, text conditions) may be about people. It stays out of the address and out of what
// the browser keeps, and is of use to that user alone: whoever signs in next in the same tab and goes back does not
// search for it. The same holds for the list that a record was opened from.
import { useRouterState } from "@tanstack/react-router";
import { useMe } from "./entities";
import { recall, remember } from "./remembered";

interface Typed {
  q?: string;
  texts?: string[];
}

const NOTHING: Typed = {};

/** What the user at hand typed for this entry. */
export function useTyped(): Typed {
  const me = useMe();
  const number = useRouterState({ select: (s) => s.location.state.typed });
  const typed = recall(number) as (Typed & { by: string }) | undefined;
  return typed?.by === me.user.id ? typed : NOTHING;
}

/** The part of an entry's state by which it is found. */
export function typedState(by: string, { q, texts }: Typed): { typed: string | undefined } {
  if (!q && !texts?.length) return { typed: undefined };
  return { typed: remember({ q: q || undefined, texts: texts?.length ? texts : undefined, by }) };
}

/** The list that a record was opened from: ids in its order. */
export interface From {
  plural: string;
  ids: string[];
}

export const fromState = (from: From): { from: string } => ({ from: remember(from) });

export function useFrom(): { number?: string; from?: From } {
  const number = useRouterState({ select: (s) => s.location.state.from });
  return { number, from: recall(number) as From | undefined };
}

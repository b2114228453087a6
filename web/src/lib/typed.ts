// What a user typed (words searched, text conditions) may be about people. It stays out of the address, in the
// state of the history entry, and is of use to that user alone: whoever signs in next in the same tab and goes
// back does not search for it.
import { useRouterState } from "@tanstack/react-router";
import { useMe } from "./entities";

interface Typed {
  q?: string;
  texts?: string[];
}

const NOTHING: Typed = {};

/** What the user at hand typed for this entry. */
export function useTyped(): Typed {
  const me = useMe();
  const state = useRouterState({ select: (s) => s.location.state });
  return state.by === me.user.id ? state : NOTHING;
}

/** The part of an entry's state that keeps it. */
export const typedState = (by: string, { q, texts }: Typed) => ({
  q: q || undefined,
  texts: texts?.length ? texts : undefined,
  by,
});

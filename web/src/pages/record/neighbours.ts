import type { From } from "@/lib/typed";

/** The records before and after one in the list that it was opened from. */
export function neighbours(
  from: From | undefined,
  plural: string,
  id: string,
): { before?: string; after?: string; place: number; count: number } {
  const at = from?.plural === plural ? from.ids.indexOf(id) : -1;
  if (!from || at < 0) return { place: 0, count: 0 };
  return { before: from.ids[at - 1], after: from.ids[at + 1], place: at + 1, count: from.ids.length };
}

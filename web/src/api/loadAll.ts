import type { Query } from "./client";
import { readPage } from "./lists";
import type { Page, Row } from "./types";

export interface Loaded extends Omit<Page, "next_cursor"> {
  /** Whether there is more than was loaded. */
  more: boolean;
}

const PAGE = 200;

/** The pages of a list one after the other, up to `max` rows: for boards and calendars, which show all at once. */
export async function loadAll(
  plural: string,
  query: Query,
  max: number,
  signal?: AbortSignal,
): Promise<Loaded> {
  let items: Row[] = [];
  let refs: Page["refs"] = {};
  let cursor: string | null = null;
  for (;;) {
    const limit = Math.min(PAGE, max - items.length);
    const page: Page = await readPage(plural, { ...query, limit, cursor }, signal);
    items = items.concat(page.items);
    refs = { ...refs, ...page.refs };
    cursor = page.next_cursor;
    if (!cursor || items.length >= max) return { items, refs, access: page.access, more: cursor !== null };
  }
}

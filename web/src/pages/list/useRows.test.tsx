import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { Entity } from "@/api/types";
import type { Asked } from "./columns";
import { useKeepLength, useRows } from "./useRows";

const notes = { name: "note", plural: "notes" } as Entity;
const params = { q: undefined, filter: [], sort: undefined };
const asked: Asked = { fields: "body,title" };

/** A list that was read long ago, as far as this many pages. */
function known(pages: number) {
  const page = (at: number) => ({
    items: [{ id: `${at}` }],
    next_cursor: at + 1 < pages ? `${at + 1}` : null,
  });
  const fetched = vi.fn(async (url: string) => {
    const at = Number(new URL(url, "http://x").searchParams.get("cursor") ?? 0);
    return Response.json({ ...page(at), access: {} });
  });
  vi.stubGlobal("fetch", fetched);
  const client = new QueryClient();
  const list = {
    pages: Array.from({ length: pages }, (_, at) => page(at)),
    pageParams: Array.from({ length: pages }, (_, at) => (at ? `${at}` : "")),
  };
  client.setQueryData(["list", "notes", "rows", params, asked], list, { updatedAt: Date.now() - 120_000 });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return { fetched, wrapper };
}

/** Requests that coming back to a list makes which was last asked for two minutes ago. */
async function back(pages: number): Promise<number> {
  const { fetched, wrapper } = known(pages);
  renderHook(() => useRows(notes, params, asked), { wrapper });
  await new Promise((resolve) => setTimeout(resolve, 20));
  return fetched.mock.calls.length;
}

it("asks again for a short list that one comes back to, not for all pages of a long one", async () => {
  expect(await back(1)).toBe(1);
  expect(await back(40)).toBe(0);
});

/** Shows other columns of a list of so many pages: how many rows there are then, and how many requests that took. */
async function other(pages: number, next: Asked): Promise<[rows: number, requests: number]> {
  const { fetched, wrapper } = known(pages);
  const { result, rerender } = renderHook(
    ({ now }) => ({ keep: useKeepLength(notes, params, asked), list: useRows(notes, params, now) }),
    { wrapper, initialProps: { now: asked } },
  );
  result.current.keep(next);
  rerender({ now: next });
  await waitFor(() => expect(result.current.list.isOld).toBe(false));
  return [result.current.list.rows.length, fetched.mock.calls.length];
}

it("stays as long as it is when a column goes or comes", async () => {
  expect(await other(12, { fields: "title" })).toEqual([12, 0]);
  expect(await other(12, { fields: "body,colour,title" })).toEqual([12, 12]);
  expect(await other(12, { fields: "title", next_activity: true })).toEqual([12, 12]);
});

it("asks for no more than the beginning of a very long list when a column comes", async () => {
  expect(await other(45, { fields: "body,colour,title" })).toEqual([25, 25]);
});

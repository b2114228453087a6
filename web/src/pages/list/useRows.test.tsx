import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Entity } from "@/api/types";
import { useRows } from "./useRows";

const notes = { name: "note", plural: "notes" } as Entity;
const params = { q: undefined, filter: [], sort: undefined };
const asked = { fields: "title" };

/** Requests that coming back to a list makes which was last asked for two minutes ago. */
async function back(pages: number): Promise<number> {
  const fetched = vi.fn(async () => Response.json({ items: [], next_cursor: null, access: {} }));
  vi.stubGlobal("fetch", fetched);
  const client = new QueryClient();
  const page = (at: number) => ({ items: [], next_cursor: at + 1 < pages ? String(at + 1) : null });
  const list = {
    pages: Array.from({ length: pages }, (_, at) => page(at)),
    pageParams: Array.from({ length: pages }, (_, at) => (at ? String(at) : "")),
  };
  client.setQueryData(["list", "notes", "rows", params, asked], list, { updatedAt: Date.now() - 120_000 });
  renderHook(() => useRows(notes, params, asked), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  return fetched.mock.calls.length;
}

it("asks again for a short list that one comes back to, not for all pages of a long one", async () => {
  expect(await back(1)).toBe(1);
  expect(await back(40)).toBe(0);
});

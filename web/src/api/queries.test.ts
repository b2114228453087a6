import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { changed } from "./queries";

it("asks only for the first pages of a long list again", () => {
  const client = new QueryClient();
  const pages = Array.from({ length: 40 }, (_, at) => ({ items: [], next_cursor: String(at + 1) }));
  const list = { pages, pageParams: pages.map((_, at) => String(at)) };
  client.setQueryData(["list", "deals", "rows", {}], list);
  client.setQueryData(["list", "people", "rows", {}], list);
  client.setQueryData(["list", "deals", "board", {}], { items: [] });
  changed(client, "deals");
  const after = client.getQueryData<typeof list>(["list", "deals", "rows", {}]);
  expect([after?.pages.length, after?.pageParams.length]).toEqual([5, 5]);
  expect(client.getQueryData(["list", "people", "rows", {}])).toBe(list);
  expect(client.getQueryData(["list", "deals", "board", {}])).toEqual({ items: [] });
  expect(client.getQueryState(["list", "deals", "rows", {}])?.isInvalidated).toBe(true);
});

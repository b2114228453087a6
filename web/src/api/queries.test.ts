import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { changed, sayAgain } from "./queries";

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

it("asks again for lists that tell the next activity once activities have changed", () => {
  const client = new QueryClient();
  const lists = [
    ["list", "activities", { parent: "a" }],
    ["list", "deals", "board", { next_activity: true }],
    ["list", "people", "rows", {}],
    ["list", "people", "pages", {}],
    ["list", "leads", { limit: 8 }],
  ];
  for (const key of lists) client.setQueryData(key, { items: [] });
  const asked = () => lists.map((key) => client.getQueryState(key)?.isInvalidated);
  changed(client, "notes");
  expect(asked()).toEqual([false, false, false, false, false]);
  changed(client, "activities");
  expect(asked()).toEqual([true, true, true, false, false]);
});

it("asks again for all in the other language, but only for the first pages of what is long", () => {
  const client = new QueryClient();
  const pages = Array.from({ length: 40 }, (_, at) => ({ items: [], next_cursor: String(at + 1) }));
  client.setQueryData(["events", "/me/events"], { pages, pageParams: pages.map((_, at) => at) });
  client.setQueryData(["me"], { name: "Anna" });
  sayAgain(client);
  expect(client.getQueryData<{ pages: unknown[] }>(["events", "/me/events"])?.pages).toHaveLength(5);
  expect(client.getQueryData(["me"])).toEqual({ name: "Anna" });
  expect(client.getQueryState(["me"])?.isInvalidated).toBe(true);
});

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { Entity, Fields, Row } from "@/api/types";
import { forgetUndo, undoLast } from "@/lib/undo";
import { useRowWrite } from "./useRowWrite";

const deal = { name: "deal", plural: "deals", fields: [] } as unknown as Entity;
const KEY = ["list", "deals", "board"];
const row = (fields: Fields, version = 1) => ({ id: "a", owner: "me", version, fields }) as Row;

/** A server with one deal, which refuses what comes upon another version. */
function serve(start: Fields) {
  const record = { id: "a", version: 1, updated_at: "", owner: { id: "me" }, fields: { ...start } };
  const asked: string[] = [];
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
  vi.stubGlobal("fetch", async (_: string, { method, headers, body }: RequestInit) => {
    if (method === "GET") return answer(200, record);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const on = (headers as Record<string, string>)["If-Match"];
    asked.push(`${on} ${body}`);
    if (on !== `"${record.version}"`)
      return answer(412, { type: "urn:klucznik:problem:stale", title: "stale", status: 412 });
    record.version += 1;
    Object.assign(record.fields, JSON.parse(String(body)).fields);
    return answer(200, structuredClone(record));
  });
  return { record, asked };
}

function begin(fields: Fields) {
  const client = new QueryClient();
  client.setQueryData(KEY, { items: [row(fields)] });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const { result } = renderHook(() => useRowWrite(deal, KEY), { wrapper });
  const shown = () => client.getQueryData<{ items: Row[] }>(KEY)?.items[0];
  return { write: result.current, shown };
}

afterEach(() => {
  vi.unstubAllGlobals();
  forgetUndo();
});

it("shows a change at once, and takes it back over what others have changed beside it", async () => {
  const { record } = serve({ stage: "offer" });
  const { write, shown } = begin({ stage: "offer" });
  const writing = write(row({ stage: "offer" }), { fields: { stage: "lost", lost_reason: "cena" } }, "moved");
  await vi.waitFor(() => expect(shown()?.fields.stage).toBe("lost"), { interval: 2 });
  expect(record.fields.stage).toBe("offer");
  expect(await writing).toBeNull();
  expect([record.fields.stage, record.fields.lost_reason, shown()?.version]).toEqual(["lost", "cena", 2]);
  // Somebody else changes another field.
  record.version = 7;
  Object.assign(record.fields, { name: "inna" });
  await undoLast();
  expect(record.fields).toEqual({ stage: "offer", lost_reason: null, name: "inna" });
});

it("sends two quick changes one upon the other, and brings back the one that fails", async () => {
  const { record, asked } = serve({ stage: "offer" });
  const { write, shown } = begin({ stage: "offer" });
  const first = write(row({ stage: "offer" }), { fields: { stage: "contact" } }, "one");
  const second = write(row({ stage: "contact" }), { fields: { stage: "won" } }, "two");
  expect([await first, await second]).toEqual([null, null]);
  expect(asked.map((one) => one.slice(0, 3))).toEqual(['"1"', '"2"']);
  record.version = 9;
  const error = await write(row({ stage: "won" }, 3), { fields: { stage: "offer" } }, "three");
  expect(error).toMatchObject({ status: 412 });
  expect(shown()?.fields.stage).toBe("won");
});

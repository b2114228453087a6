import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Notice } from "@/api/types";
import { followStream, openStream } from "@/lib/stream";
import { useNotices } from "./NoticeBellData";

const notice = (id: string) =>
  ({ id, title: id, body: "", at: "2026-11-26T10:00:00Z", read_at: null }) as Notice;

/** A server that remembers what was read, and answers each request when told so. */
function server(ids: string[]) {
  const notices = new Map(ids.map((id) => [id, notice(id)]));
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, { body }: RequestInit) => {
    asked.push(url);
    if (!url.endsWith("/notices/read")) return Response.json({ items: [...notices.values()] });
    await new Promise<void>((resolve) => waiting.push(resolve));
    for (const id of JSON.parse(String(body)).ids)
      notices.set(id, { ...notice(id), read_at: "2026-11-26T11:00:00Z" });
    return new Response(null, { status: 204 });
  });
  const answer = async () => {
    await vi.waitFor(() => expect(waiting).not.toHaveLength(0));
    waiting.shift()?.();
  };
  return { answer, lists: () => asked.filter((url) => url.endsWith("/notices")).length };
}

class Source extends EventTarget {
  static OPEN = 1;
  static CLOSED = 2;
  static made: Source | undefined;
  readyState = Source.OPEN;
  constructor() {
    super();
    Source.made = this;
  }
  close() {}
}

/** The server's own messages. */
async function stream(client: QueryClient) {
  vi.stubGlobal("EventSource", Source);
  followStream(client);
  openStream();
  return vi.waitFor(() => {
    if (!Source.made) throw new Error("not yet");
    return Source.made;
  });
}

it("leaves all that was marked as read so, in two goes, until the server has taken the last of it", async () => {
  const { answer, lists } = server(["a", "b"]);
  const client = new QueryClient();
  const source = await stream(client);
  const { result } = renderHook(useNotices, {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  await waitFor(() => expect(result.current.unread).toHaveLength(2));
  const [a, b] = result.current.unread as [Notice, Notice];
  act(() => result.current.read([a]));
  act(() => result.current.read([b]));
  await waitFor(() => expect(result.current.unread).toHaveLength(0));
  await answer();
  source.dispatchEvent(new MessageEvent("notice", { data: '{"unread":1}' }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lists()).toBe(1);
  await answer();
  await waitFor(() => expect(lists()).toBe(2));
  expect(result.current.unread).toHaveLength(0);
});

// What the server says by itself (server-sent events): notices, jobs, changes of what is on screen, rights.
// It carries ids, never values.
import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { API } from "@/api/client";
import { readingNotices } from "@/api/queries";
import type { Job, Named } from "@/api/types";
import { know } from "./jobs";

export interface RecordChanged {
  entity: string;
  id: string;
  version: number;
  by: Named;
  at: string;
}

interface Events {
  /** First on each connection. */
  hello: { policy_version: number };
  /** Connected again after a gap in which messages may have been missed. */
  lost: undefined;
  record: RecordChanged;
  gone: { entity: string; id: string };
  job: Job;
  notice: { unread: number };
  rights: { policy_version: number };
  "session-ended": unknown;
  /** The server did not let this browser listen. */
  refused: undefined;
}

type Name = keyof Events;
type Handler<N extends Name> = (data: Events[N]) => void;

const handlers = new Map<Name, Set<(data: never) => void>>();
const watched = new Map<string, number>();
let source: EventSource | undefined;
let opened = "";
let wanted = false;
let timer: number | undefined;
/** Tries that failed since the last connection. */
let failures = 0;

const NAMES: Name[] = ["hello", "record", "gone", "job", "notice", "rights", "session-ended"];
const LONGEST_WAIT_MS = 60_000;

function emit<N extends Name>(name: N, data: Events[N]): void {
  for (const handler of handlers.get(name) ?? []) (handler as Handler<N>)(data);
}

function connect(): void {
  const query = [...watched.keys()].slice(0, 10).map((w) => `watch=${encodeURIComponent(w)}`);
  const url = `${API}/stream${query.length ? `?${query.join("&")}` : ""}`;
  if (url === opened && source && source.readyState !== EventSource.CLOSED) return;
  source?.close();
  opened = url;
  const made = new EventSource(url);
  source = made;
  for (const name of NAMES) {
    made.addEventListener(name, (event) => emit(name, JSON.parse((event as MessageEvent<string>).data)));
  }
  made.addEventListener("open", () => {
    if (failures > 0) emit("lost", undefined);
    failures = 0;
  });
  // A browser tries again by itself after a broken connection, but not after a refusal, such as of a server that
  // is just starting.
  made.addEventListener("error", () => {
    failures += 1;
    if (made.readyState !== EventSource.CLOSED || made !== source || !wanted) return;
    emit("refused", undefined);
    window.clearTimeout(timer);
    timer = window.setTimeout(connect, Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(failures, 6)));
  });
}

function reopen(): void {
  window.clearTimeout(timer);
  if (!wanted) return;
  // Several changes of what is watched in one go are one new connection.
  timer = window.setTimeout(connect, 50);
}

export function openStream(): () => void {
  wanted = true;
  reopen();
  return () => {
    wanted = false;
    window.clearTimeout(timer);
    source?.close();
    source = undefined;
    opened = "";
    failures = 0;
  };
}

/** Whether the server's own messages arrive right now; if not, whoever waits has to ask. */
export const isStreamOpen = (): boolean => source?.readyState === EventSource.OPEN;

export function onStream<N extends Name>(name: N, handler: Handler<N>): () => void {
  const set = handlers.get(name) ?? new Set();
  handlers.set(name, set);
  set.add(handler as (data: never) => void);
  return () => set.delete(handler as (data: never) => void);
}

/** Listens as long as the component is there. */
export function useStream<N extends Name>(name: N, handler: Handler<N>): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => onStream(name, (data) => latest.current(data)), [name]);
}

/** Asks to be told of changes of one record as long as it is on screen. */
export function useWatch(entity: string, id: string): void {
  useEffect(() => {
    const key = `${entity}/${id}`;
    watched.set(key, (watched.get(key) ?? 0) + 1);
    reopen();
    return () => {
      const left = (watched.get(key) ?? 1) - 1;
      if (left > 0) watched.set(key, left);
      else watched.delete(key);
      reopen();
    };
  }, [entity, id]);
}

/** Keeps what the pages know in step with jobs and notices. */
export function followStream(client: QueryClient): () => void {
  const offs = [
    onStream("job", (job) => know(client, job)),
    onStream("notice", () => {
      if (!client.isMutating(readingNotices)) void client.invalidateQueries({ queryKey: ["notices"] });
    }),
  ];
  return () => {
    for (const off of offs) off();
  };
}

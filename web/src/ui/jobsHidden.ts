// Ended jobs that their user has put away: gone from the tray and from home in this tab of the browser. The page of all
// jobs keeps them. Only their ids are kept, which tell nobody anything.
import { useSyncExternalStore } from "react";
import type { Job } from "@/api/types";

const KEY = "klucznik-jobs-put-away";
/** The tray forgets older ones itself. */
const MOST = 200;

function kept(): string[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter((id) => typeof id === "string") : [];
  } catch {
    // A browser that keeps nothing, or something else under this name: they are shown again.
    return [];
  }
}

let hidden: ReadonlySet<string> = new Set(kept());
const listeners = new Set<() => void>();

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function hideJob(job: Job): void {
  hidden = new Set([...hidden, job.id].slice(-MOST));
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...hidden]));
  } catch {
    // They stay away until the page is loaded anew.
  }
  for (const changed of listeners) changed();
}

/** The session is over: its jobs are nothing to the next one. */
export function forgetHiddenJobs(): void {
  hidden = new Set();
  for (const changed of listeners) changed();
}

/** Ids of those put away. */
export const useHiddenJobs = (): ReadonlySet<string> => useSyncExternalStore(listen, () => hidden);

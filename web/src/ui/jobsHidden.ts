// Ended jobs that their user has put away: gone from the tray and from home until the page is loaded anew. The page of
// all jobs keeps them.
import { useSyncExternalStore } from "react";
import type { Job } from "@/api/types";

let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function hideJob(job: Job): void {
  hidden = new Set(hidden).add(job.id);
  for (const changed of listeners) changed();
}

/** Ids of those put away. */
export const useHiddenJobs = (): ReadonlySet<string> => useSyncExternalStore(listen, () => hidden);

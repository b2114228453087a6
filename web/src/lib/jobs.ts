// The user's own background jobs: one list in the cache, fed by what starts them, by the stream and by asking.
import type { QueryClient } from "@tanstack/react-query";
import { jobsQuery } from "@/api/queries";
import type { Job } from "@/api/types";

const { queryKey } = jobsQuery;

export const isGoing = (job: Job | undefined): boolean => job?.state === "queued" || job?.state === "running";

/** Takes what is told of one job. Messages overtake each other: what has ended does not go again. */
export function know(client: QueryClient, job: Job): void {
  const jobs = client.getQueryData(queryKey);
  const before = jobs?.find((one) => one.id === job.id);
  if (jobs && isGoing(job) && (!before || isGoing(before)))
    client.setQueryData(queryKey, before ? jobs.with(jobs.indexOf(before), job) : [job, ...jobs]);
  // A list that is on its way may be older than a new job; and what came of one stands in the list alone.
  if (!before || !isGoing(job)) void client.invalidateQueries({ queryKey });
}

/**
 * The job at its end, after each of its steps was told; nothing if the server knows it no longer. Once its user has
 * signed out, nobody is told anything.
 */
export function followed(
  client: QueryClient,
  id: string,
  onStep: (job: Job) => void,
): Promise<Job | undefined> {
  return new Promise((resolve) => {
    let off = () => {};
    let seen = false;
    const look = () => {
      const jobs = client.getQueryData(queryKey);
      const job = jobs?.find((one) => one.id === id);
      seen ||= job !== undefined;
      if (job && isGoing(job)) onStep(job);
      else if (jobs && seen) {
        off();
        resolve(job);
      }
    };
    off = client.getQueryCache().subscribe(({ type, query }) => {
      if (query.queryKey[0] !== queryKey[0]) return;
      if (type === "removed") off();
      if (type === "updated") look();
    });
    look();
  });
}

import { useQuery } from "@tanstack/react-query";
import { jobsQuery } from "@/api/queries";
import type { Job, JobKind } from "@/api/types";

export const isGoing = (job: Job | undefined): boolean => job?.state === "queued" || job?.state === "running";

/** The newest of the user's own jobs of one kind. The stream tells of progress; asking is for when it cannot. */
export function useLatestJob(kind: JobKind): Job | undefined {
  const { data: jobs = [] } = useQuery({
    ...jobsQuery,
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.kind === kind && isGoing(job)) ? 3000 : false,
  });
  return jobs
    .filter((job) => job.kind === kind)
    .reduce<Job | undefined>(
      (last, job) => (last && last.created_at >= job.created_at ? last : job),
      undefined,
    );
}

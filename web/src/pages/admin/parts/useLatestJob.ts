import type { Job, JobKind } from "@/api/types";
import { useJobs } from "@/ui/JobsData";

/** The newest of the user's own jobs of one kind. */
export function useLatestJob(kind: JobKind): Job | undefined {
  const { data: jobs = [] } = useJobs();
  return jobs
    .filter((job) => job.kind === kind)
    .reduce<Job | undefined>(
      (last, job) => (last && last.created_at >= job.created_at ? last : job),
      undefined,
    );
}

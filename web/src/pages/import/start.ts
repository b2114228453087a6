import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Entity, Job } from "@/api/types";
import { know } from "@/lib/jobs";
import { type Draft, queryFor } from "./draft";
import { bytesOf } from "./StepFile";

/** Starts the import, or its dry run, as a background job. */
export function useStart(entity: Entity, dryRun: boolean, onStarted: (job: Job, asked: Draft) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: Draft) => {
      if (!asked.file) throw new Error("no file");
      return request<Job>("POST", `/imports/${entity.plural}`, {
        query: queryFor(entity, asked, dryRun),
        body: bytesOf(asked.file),
      });
    },
    onSuccess: (job, asked) => {
      know(client, job);
      onStarted(job, asked);
    },
  });
}

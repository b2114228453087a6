import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Entity, Job } from "@/api/types";
import { know } from "@/ui/JobsData";
import { type Draft, queryFor } from "./draft";
import { bytesOf } from "./StepFile";

/** Starts the import, or its dry run, as a background job. */
export function useStart(draft: Draft, entity: Entity, dryRun: boolean, onStarted: (job: Job) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => {
      const file = draft.file;
      if (!file) throw new Error("no file");
      return request<Job>("POST", `/imports/${entity.plural}`, {
        query: queryFor(entity, draft, dryRun),
        body: bytesOf(file),
      });
    },
    onSuccess: (job) => {
      know(client, job);
      onStarted(job);
    },
  });
}

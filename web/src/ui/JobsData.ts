// The user's own background jobs: what runs, what came of it, and what can be done about it.
import { modals } from "@mantine/modals";
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { download, request } from "@/api/client";
import { changed, jobQuery, jobsQuery } from "@/api/queries";
import type { Job } from "@/api/types";
import { findEntity, useEntities } from "@/lib/entities";
import { isStreamOpen } from "@/lib/stream";
import { done, failed } from "@/lib/undo";

const POLL = 3000;

export const isGoing = (job: Job): boolean => job.state === "queued" || job.state === "running";

/** Puts a job that has just been started, or a newer state of one, before what is known. */
export function know(client: QueryClient, job: Job): void {
  client.setQueryData<Job[]>(["jobs"], (known = []) => {
    const at = known.findIndex((j) => j.id === job.id);
    return at < 0 ? [job, ...known] : known.with(at, job);
  });
}

/** All jobs of the user, newest first. Asked for again only while something runs and the stream is silent. */
export function useJobs() {
  const client = useQueryClient();
  const query = useQuery(jobsQuery);
  const going = query.data?.some(isGoing) ?? false;
  useEffect(() => {
    if (!going) return;
    const timer = window.setInterval(() => {
      if (!isStreamOpen()) void client.invalidateQueries({ queryKey: ["jobs"] });
    }, POLL);
    return () => window.clearInterval(timer);
  }, [going, client]);
  return query;
}

/** One job, followed. */
export function useJob(id: string | null): Job | undefined {
  return useJobs().data?.find((job) => job.id === id);
}

/** Undoing an import removes records with their keys: that alone cannot be taken back. */
export function sureToUndo(): Promise<boolean> {
  const t = i18next.t.bind(i18next);
  return new Promise((resolve) => {
    modals.openConfirmModal({
      title: t("jobs:sure.title"),
      children: t("jobs:sure.text"),
      labels: { confirm: t("jobs:sure.undo"), cancel: t("common:cancel") },
      onConfirm: () => resolve(true),
      onCancel: () => resolve(false),
      onClose: () => resolve(false),
    });
  });
}

/** An ended job with the rows of its report, which lists leave out. */
export function useWholeJob(job: Job | undefined) {
  const rows = job !== undefined && !isGoing(job) && (job.kind === "import" || job.kind === "import_dry_run");
  return useQuery({ ...jobQuery(job?.id ?? ""), enabled: rows });
}

export function useJobActions() {
  const { t } = useTranslation("jobs");
  const client = useQueryClient();
  const entities = useEntities();
  const act = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      failed(error);
      void client.invalidateQueries({ queryKey: ["jobs"] });
    }
  };
  return {
    cancel: (job: Job) => act(async () => know(client, await request<Job>("POST", `/jobs/${job.id}/cancel`))),
    undo: async (job: Job) => {
      if (job.kind === "import" && !(await sureToUndo())) return;
      await act(async () => {
        know(client, await request<Job>("POST", `/jobs/${job.id}/undo`));
        void client.invalidateQueries({ queryKey: ["jobs"] });
        void client.invalidateQueries({ queryKey: ["imports"] });
        const entity = job.entity ? findEntity(entities, job.entity) : undefined;
        if (entity) changed(client, entity.plural);
        done(t("undoStarted"));
      });
    },
    file: (job: Job) =>
      act(async () => {
        if (job.file) await download(`/jobs/${job.id}/file`, job.file.name);
      }),
  };
}

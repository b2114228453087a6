// The user's own background jobs: what runs, what came of it, and what can be done about it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { download, request } from "@/api/client";
import { changed, jobQuery, jobsQuery } from "@/api/queries";
import type { Job } from "@/api/types";
import { ask } from "@/lib/ask";
import { useEntities } from "@/lib/entities";
import { isGoing, know } from "@/lib/jobs";
import { isStreamOpen } from "@/lib/stream";
import { done, failed } from "@/lib/undo";

/** All jobs of the user, newest first. */
export const useJobs = () => useQuery(jobsQuery);

/** One job, followed. */
export function useJob(id: string | null): Job | undefined {
  return useJobs().data?.find((job) => job.id === id);
}

const POLL = 3000;
/** Every how many of these it is asked although the stream is open: a message may be lost while it is opened anew. */
const RARELY = 10;

/** Asks how jobs go as long as some do. */
export function usePolling(jobs: Job[] | undefined): void {
  const client = useQueryClient();
  const going = jobs?.some(isGoing) ?? false;
  useEffect(() => {
    if (!going) return;
    let turn = 0;
    const timer = window.setInterval(() => {
      turn += 1;
      if (!isStreamOpen() || turn % RARELY === 0) void client.invalidateQueries({ queryKey: ["jobs"] });
    }, POLL);
    return () => window.clearInterval(timer);
  }, [going, client]);
}

/** Calls back for jobs that have ended while the page is open, however that came to be known. */
export function useEnded(jobs: Job[] | undefined, tell: (ended: Job[]) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!jobs) return;
    const over = jobs.filter((job) => !isGoing(job));
    const before = known.current;
    known.current = new Set(over.map((job) => job.id));
    const fresh = before ? over.filter((job) => !before.has(job.id)) : [];
    if (fresh.length > 0) latest.current(fresh);
  }, [jobs]);
}

const CHANGING: Job["kind"][] = ["bulk", "bulk_undo", "import", "import_undo", "hand_over"];

/** What is on screen of records that a job has changed is asked again; an import makes companies beside people. */
export function useRefresh(): (ended: Job) => void {
  const client = useQueryClient();
  const entities = useEntities();
  return ({ kind, entity }) => {
    if (!CHANGING.includes(kind)) return;
    const imported = kind.startsWith("import");
    // What is handed over is of any kind, and so is what comes back.
    const any = imported || kind === "hand_over" || !entity;
    if (any && !imported) void client.invalidateQueries({ queryKey: ["users"] });
    if (imported) void client.invalidateQueries({ queryKey: ["imports"] });
    for (const { name, plural } of entities) if (any || name === entity) changed(client, plural);
  };
}

/** Undoing an import removes records with their keys: that alone cannot be taken back. */
export function sureToUndo(): Promise<boolean> {
  const t = i18next.t.bind(i18next);
  return new Promise((resolve) => {
    ask({
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
  /** Whether it worked. */
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      failed(error);
      void client.invalidateQueries({ queryKey: ["jobs"] });
      return false;
    }
  };
  return {
    cancel: (job: Job) => act(async () => know(client, await request<Job>("POST", `/jobs/${job.id}/cancel`))),
    undo: async (job: Job) => {
      if (job.kind === "import" && !(await sureToUndo())) return;
      await act(async () => {
        know(client, await request<Job>("POST", `/jobs/${job.id}/undo`));
        done(t("undoStarted"));
      });
    },
    file: (job: Job) =>
      act(async () => {
        if (job.file) await download(`/jobs/${job.id}/file`, job.file.name);
      }),
  };
}

// Long work on many records: started here, followed to its end wherever the user goes, then told, with the way back.
import { Button, List, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import type { QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { download, get, Problem, request } from "@/api/client";
import { changed } from "@/api/queries";
import type { BulkResult, Entity, Fields, Job } from "@/api/types";
import { number } from "@/lib/format";
import { onStream } from "@/lib/stream";
import { done, failed } from "@/lib/undo";
import { know } from "./JobsData";

/** Asked again after so long, at first and at most. */
const [SOON, LATE] = [300, 2500];
const t = i18next.t.bind(i18next);

/** The job at its end. Its steps come by the stream; should that be down, they are asked for. */
function followed(job: Job, onStep: (job: Job) => void): Promise<Job> {
  return new Promise((resolve, reject) => {
    let timer: number | undefined;
    let over = false;
    const stop = () => {
      over = true;
      off();
      window.clearTimeout(timer);
    };
    const step = (now: Job) => {
      if (over) return;
      onStep(now);
      if (!now.finished_at) return;
      stop();
      resolve(now);
    };
    const off = onStream("job", (now) => {
      if (now.id !== job.id) return;
      if (!now.finished_at) return step(now);
      // What came of it is not in the stream.
      window.clearTimeout(timer);
      void ask(SOON);
    });
    const ask = async (pause: number) => {
      try {
        step(await get<Job>(`/jobs/${job.id}`));
      } catch (error) {
        // Offline for a while is no end; a job that is gone, or a session that is over, is.
        if (error instanceof Problem && error.status >= 400 && error.status < 500) {
          stop();
          reject(error);
        }
      }
      if (!over) wait(Math.min(LATE, pause * 1.5));
    };
    const wait = (pause: number) => {
      timer = window.setTimeout(() => void ask(pause), pause);
    };
    step(job);
    if (!over) wait(SOON);
  });
}

/** Shows the progress until the job ends; fails as the job does. */
async function shown(job: Job, label: string): Promise<Job> {
  const id = `job-${job.id}`;
  const message = (now: Job) =>
    now.total ? t("list:job.progress", { done: number(now.done), total: number(now.total) }) : "";
  notifications.show({ id, loading: true, autoClose: false, title: label, message: message(job) });
  try {
    const end = await followed(job, (now) =>
      notifications.update({ id, loading: true, autoClose: false, title: label, message: message(now) }),
    );
    if (end.problem) throw new Problem(end.problem);
    return end;
  } finally {
    notifications.hide(id);
  }
}

export type Select = { ids: string[] } | { q?: string; filter?: string[]; binned?: boolean };
export type BulkDeed =
  | { change: { owner?: string; fields?: Fields } }
  | { action: "delete" }
  | { action: "restore" };

const deedName = (deed: BulkDeed): "change" | "delete" | "restore" =>
  "change" in deed ? "change" : deed.action;

/** Starts a change of many records. Answers once it is started; the rest is told by notifications. */
export async function startBulk(
  client: QueryClient,
  entity: Entity,
  select: Select,
  deed: BulkDeed,
): Promise<void> {
  const job = await request<Job>("POST", `/${entity.plural}/bulk`, { body: { select, ...deed } });
  know(client, job);
  const name = deedName(deed);
  void shown(job, t(`list:job.doing.${name}`))
    .then((end) => {
      const result = (end.result ?? {}) as Partial<BulkResult>;
      const count = result.changed ?? 0;
      const label = t(`list:job.done.${name}`, { count, number: number(count) });
      const undo = async () => {
        const back = await request<Job>("POST", `/jobs/${job.id}/undo`);
        know(client, back);
        const undone = await shown(back, t("list:job.doing.undo"));
        tellRefused((undone.result ?? {}) as Partial<BulkResult>);
        changed(client, entity.plural);
      };
      done(label, end.can_undo && count > 0 ? undo : undefined);
      tellRefused(result);
    })
    .catch(failed)
    .finally(() => changed(client, entity.plural));
}

function tellRefused({ refused = 0, problems = [] }: Partial<BulkResult>): void {
  if (!refused) return;
  const id = `refused-${Date.now()}`;
  const open = () => {
    notifications.hide(id);
    showRefused(refused, problems);
  };
  notifications.show({
    id,
    color: "orange",
    autoClose: false,
    title: t("list:job.refused", { count: refused, number: number(refused) }),
    message: (
      <Button size="compact-sm" variant="default" mt={4} onClick={open}>
        {t("list:job.why")}
      </Button>
    ),
  });
}

function showRefused(refused: number, problems: BulkResult["problems"]): void {
  modals.open({
    title: t("list:job.refused", { count: refused, number: number(refused) }),
    size: "lg",
    children: (
      <Stack gap="sm">
        <List size="sm">
          {problems.map((p) => (
            <List.Item key={p.id}>
              {p.title || t("list:job.untitled")}: {p.reason}
            </List.Item>
          ))}
        </List>
        {refused > problems.length && (
          <Text size="sm" c="dimmed">
            {t("list:job.first", { count: problems.length })}
          </Text>
        )}
      </Stack>
    ),
  });
}

export interface ExportWish {
  format: "csv" | "xlsx" | "vcf";
  q?: string;
  filter?: string[];
  sort?: string;
  binned?: boolean;
  ids?: string[];
  fields?: string[];
}

/** Starts an export; the file is handed to the browser when it is ready. */
export async function startExport(client: QueryClient, entity: Entity, wish: ExportWish): Promise<void> {
  const job = await request<Job>("POST", `/${entity.plural}/export`, { body: wish });
  know(client, job);
  void shown(job, t("list:job.doing.export"))
    .then(async (end) => {
      if (!end.file) return;
      await download(`/jobs/${end.id}/file`, end.file.name);
      const count = Number((end.result as { records?: number } | undefined)?.records ?? end.done);
      done(t("list:job.done.export", { count, number: number(count), name: end.file.name }));
    })
    .catch(failed);
}

// Long work on many records: started here, followed to its end wherever the user goes, then told, with the way back.
import { Anchor, Button, List, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { download, Problem, request } from "@/api/client";
import type { BulkResult, Entity, Fields, GrantCreate, Job, ManyAct, Page } from "@/api/types";
import { show } from "@/lib/ask";
import { titleOf } from "@/lib/entities";
import { number } from "@/lib/format";
import { followed, know } from "@/lib/jobs";
import { recordPath } from "@/lib/paths";
import { done, failed } from "@/lib/undo";
import { unlessSecond } from "./secondPerson";

const t = i18next.t.bind(i18next);

/** Shows the progress until the job ends; fails as the job does. */
async function shown(client: QueryClient, job: Job, label: string): Promise<Job> {
  know(client, job);
  const id = `job-${job.id}`;
  const message = (now: Job) =>
    now.total ? t("list:job.progress", { done: number(now.done), total: number(now.total) }) : "";
  const begun = { id, loading: true, autoClose: false, title: label };
  notifications.show({ ...begun, message: message(job) });
  try {
    const end = await followed(client, job.id, (now) =>
      notifications.update({ ...begun, message: message(now) }),
    );
    if (end?.problem) throw new Problem(end.problem);
    if (!end) throw new Problem({ type: "lost", status: 404, title: label, detail: t("list:job.lost") });
    return end;
  } finally {
    notifications.hide(id);
  }
}

export type Select = { ids: string[] } | { q?: string; filter?: string[]; binned?: boolean };
export type BulkDeed =
  | { change: { owner?: string; fields?: Fields } }
  | { action: "delete" }
  | { action: "restore" }
  | { share: GrantCreate };

const deedName = (deed: BulkDeed): "change" | "delete" | "restore" | "share" => {
  if ("share" in deed) return "share";
  return "change" in deed ? "change" : deed.action;
};

/** The act that a change of many records is. */
export const bulkAct = (entity: Entity, select: Select, deed: BulkDeed): ManyAct => ({
  bulk: { entities: entity.plural, request: { select, ...deed } },
});

/** Starts a change of many records. Answers once it is started; the rest is told by notifications. */
export async function startBulk(
  client: QueryClient,
  entity: Entity,
  select: Select,
  deed: BulkDeed,
  asked?: () => void,
): Promise<void> {
  const name = deedName(deed);
  const send = () => request<Job>("POST", `/${entity.plural}/bulk`, { body: { select, ...deed } });
  const button = t("requests:preview.run");
  const job = await unlessSecond(client, bulkAct(entity, select, deed), button, send, asked);
  if (!job) return;
  void shown(client, job, t(`list:job.doing.${name}`))
    .then((end) => {
      const result = (end.result ?? {}) as Partial<BulkResult>;
      const count = result.changed ?? 0;
      const label = t(`list:job.done.${name}`, { count, number: number(count) });
      const undo = async () => {
        const back = await request<Job>("POST", `/jobs/${job.id}/undo`);
        const undone = await shown(client, back, t("list:job.doing.undo"));
        tellRefused(client, entity, (undone.result ?? {}) as Partial<BulkResult>);
      };
      done(label, end.can_undo && count > 0 ? undo : undefined);
      tellRefused(client, entity, result);
    })
    .catch(failed);
}

function tellRefused(
  client: QueryClient,
  entity: Entity,
  { refused = 0, problems = [] }: Partial<BulkResult>,
): void {
  if (!refused) return;
  const id = `refused-${Date.now()}`;
  const open = () => {
    notifications.hide(id);
    showRefused(client, entity, refused, problems);
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

/** Names of records as far as a list in the cache has them: jobs keep none. */
function namesOf(client: QueryClient, entity: Entity): Map<string, string> {
  const lists = client.getQueriesData<InfiniteData<Page>>({ queryKey: ["list", entity.plural, "rows"] });
  const rows = lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? []);
  return new Map(rows.map((row) => [row.id, titleOf(entity, row.fields)]));
}

function showRefused(
  client: QueryClient,
  entity: Entity,
  refused: number,
  problems: BulkResult["problems"],
): void {
  const names = namesOf(client, entity);
  show({
    title: t("list:job.refused", { count: refused, number: number(refused) }),
    size: "lg",
    children: (
      <Stack gap="sm">
        <List size="sm">
          {problems.map((p) => (
            <List.Item key={p.id}>
              <Anchor inherit href={recordPath(entity.plural, p.id)} target="_blank" rel="noopener">
                {names.get(p.id) || t("list:job.untitled")}
              </Anchor>
              : {p.reason}
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

/** The act that an export is. */
export const exportAct = (entity: Entity, wish: ExportWish): ManyAct => ({
  export: { entities: entity.plural, request: { ...wish, binned: wish.binned ?? false } },
});

/** Starts an export; the file is handed to the browser when it is ready. */
export async function startExport(client: QueryClient, entity: Entity, wish: ExportWish): Promise<void> {
  const job = await unlessSecond(client, exportAct(entity, wish), t("list:export.button"), () =>
    request<Job>("POST", `/${entity.plural}/export`, { body: wish }),
  );
  if (!job) return;
  void shown(client, job, t("list:job.doing.export"))
    .then(async (end) => {
      if (!end.file) return;
      await download(`/jobs/${end.id}/file`, end.file.name);
      const count = Number((end.result as { records?: number } | undefined)?.records ?? end.done);
      done(t("list:job.done.export", { count, number: number(count), name: end.file.name }));
    })
    .catch(failed);
}

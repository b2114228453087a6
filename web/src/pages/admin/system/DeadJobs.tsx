import { Button, Group, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { DeadJob } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateTime, number } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { deadJobsQuery } from "../queries";

/** Jobs that the servers gave up, if there are any: whose, why, and whether to try once more. */
export function DeadJobs() {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "system", "manage");
  const { data: jobs = [] } = useQuery({ ...deadJobsQuery, enabled: may });
  if (!may || jobs.length === 0) return null;
  const act = async (job: DeadJob, method: "POST" | "DELETE", said: string) => {
    await request(method, `/jobs/dead/${job.id}${method === "POST" ? "/retry" : ""}`);
    await client.invalidateQueries({ queryKey: deadJobsQuery.queryKey });
    done(said);
  };
  const discard = (job: DeadJob) =>
    confirmAct({
      title: t("dead.discardTitle"),
      consequence: t("dead.discardText"),
      button: t("dead.discard"),
      run: () => act(job, "DELETE", t("dead.discarded")),
    });
  const columns: Column<DeadJob>[] = [
    { key: "kind", label: t("dead.kind"), cell: (job) => t(`jobs:kind.${job.kind}`) },
    { key: "user", label: t("dead.user"), cell: (job) => job.user.name, sort: (job) => job.user.name },
    {
      key: "finished",
      label: t("dead.at"),
      cell: (job) => job.finished_at && dateTime(job.finished_at),
      sort: (job) => job.finished_at ?? "",
    },
    { key: "attempts", label: t("dead.attempts"), cell: (job) => number(job.attempts), end: true },
    {
      key: "why",
      label: t("dead.why"),
      cell: (job) => (
        <>
          {job.problem?.detail || job.problem?.title}
          {!job.can_retry && (
            <Text size="sm" c="dimmed">
              {t("dead.gone")}
            </Text>
          )}
        </>
      ),
    },
    {
      key: "acts",
      label: t("dead.acts"),
      quiet: true,
      end: true,
      cell: (job) => (
        <Group gap="xs" justify="flex-end" wrap="nowrap">
          {job.can_retry && (
            <Button
              variant="default"
              size="xs"
              onClick={() => act(job, "POST", t("dead.retried")).catch(failed)}
            >
              {t("dead.retry")}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={() => discard(job)}>
            {t("dead.discard")}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Panel title={t("dead.title")} about={t("dead.about")}>
      <Rows label={t("dead.title")} columns={columns} rows={jobs} keyOf={(job) => job.id} />
    </Panel>
  );
}

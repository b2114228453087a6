import { Button, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Job, SystemState } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { bytes, dateTime, number } from "@/lib/format";
import { isGoing } from "@/lib/jobs";
import { confirmAct } from "@/ui/confirmAct";
import { JobState } from "../parts/JobState";
import { Facts, Panel } from "../parts/Panel";
import { useLatestJob } from "../parts/useLatestJob";

/** The index for lists and search: how far it is, and making it anew. */
export function Index({ index }: { index: SystemState["index"] }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "system", "manage");
  const job = useLatestJob("rebuild");
  const rebuild = () =>
    confirmAct({
      title: t("system.rebuildTitle"),
      consequence: t("system.rebuildText"),
      button: t("system.rebuild"),
      danger: false,
      run: async () => {
        await request<Job>("POST", "/index/rebuild", { query: { background: true } });
        await client.invalidateQueries({ queryKey: ["jobs"] });
      },
    });
  return (
    <Panel
      title={t("system.index")}
      actions={
        may && (
          <Button variant="default" disabled={isGoing(job)} onClick={rebuild}>
            {t("system.rebuild")}
          </Button>
        )
      }
    >
      <Facts
        items={[
          [t("system.size"), bytes(index.bytes)],
          [t("system.applied"), number(index.applied)],
          [
            t("system.behind"),
            index.behind === 0 ? t("system.upToDate") : t("system.behindBy", { count: index.behind }),
          ],
        ]}
      />
      {job && <JobState job={job} />}
      {job?.state === "done" && job.finished_at && (
        <Text size="sm" role="status">
          {t("system.rebuilt", { at: dateTime(job.finished_at) })}
        </Text>
      )}
    </Panel>
  );
}

import { Button, Code, List, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconDownload, IconShieldCheck } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { download, request } from "@/api/client";
import type { Job, VerifyResult } from "@/api/types";
import { dateTime, number } from "@/lib/format";
import { isGoing } from "@/lib/jobs";
import { failed } from "@/lib/undo";
import { Fact, Failed, Ready } from "@/ui/States";
import { JobState } from "../parts/JobState";
import { Facts, Panel } from "../parts/Panel";
import { useLatestJob } from "../parts/useLatestJob";
import { checkpointQuery } from "../queries";
import { readCheckpoint } from "./filters";

export function Verify() {
  const { t } = useTranslation("ledger");
  const client = useQueryClient();
  const job = useLatestJob("verify");
  const start = useMutation({
    mutationFn: () => request<Job>("POST", "/ledger/verify"),
    onSuccess: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
  return (
    <Panel
      title={t("verify.title")}
      about={t("verify.about")}
      actions={
        <Button
          leftSection={<IconShieldCheck size={16} aria-hidden />}
          disabled={isGoing(job)}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {t("verify.now")}
        </Button>
      }
    >
      {start.error && <Failed error={start.error} />}
      {job ? (
        <>
          <JobState job={job} />
          {job.state === "done" && job.result && <Result job={job} result={job.result as VerifyResult} />}
        </>
      ) : (
        <Text size="sm" c="dimmed">
          {t("verify.never")}
        </Text>
      )}
    </Panel>
  );
}

function Result({ job, result }: { job: Job; result: VerifyResult }) {
  const { t } = useTranslation("ledger");
  const good = result.findings.length === 0;
  return (
    <>
      <div role="status">
        <Fact kind={good ? "ok" : "danger"}>
          {good ? <IconCircleCheck size={20} aria-hidden /> : <IconCircleX size={20} aria-hidden />}
          <b>{good ? t("verify.good") : t("verify.bad", { count: result.findings.length })}</b>
        </Fact>
      </div>
      {!good && (
        <List size="sm">
          {result.findings.map((finding, i) => (
            <List.Item key={i}>
              {finding.text} <Code>{finding.code}</Code>
            </List.Item>
          ))}
        </List>
      )}
      <Facts
        items={[
          [t("verify.at"), job.finished_at && dateTime(job.finished_at)],
          [t("verify.events"), number(result.events)],
          [t("verify.rows"), number(result.rows)],
          [t("checkpoint.size"), result.checkpoint && number(result.checkpoint.size)],
          [t("checkpoint.root"), result.checkpoint && <Code key="root">{result.checkpoint.root}</Code>],
        ]}
      />
      {!good && <Text size="sm">{t("verify.next")}</Text>}
    </>
  );
}

export function CheckpointPanel() {
  const { t } = useTranslation("ledger");
  const checkpoint = useQuery(checkpointQuery);
  return (
    <Panel
      title={t("checkpoint.title")}
      about={t("checkpoint.about")}
      actions={
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => download("/ledger/checkpoint", "klucznik-checkpoint.txt").catch(failed)}
        >
          {t("checkpoint.download")}
        </Button>
      }
    >
      <Ready query={checkpoint} rows={3}>
        {(text) => {
          const { origin, size, root, at } = readCheckpoint(text);
          return (
            <Facts
              items={[
                [t("checkpoint.origin"), <Code key="origin">{origin}</Code>],
                [t("checkpoint.size"), number(size)],
                [t("checkpoint.root"), <Code key="root">{root}</Code>],
                [t("checkpoint.at"), at && dateTime(at)],
              ]}
            />
          );
        }}
      </Ready>
      <Text size="sm" c="dimmed" maw={720}>
        {t("checkpoint.how")} <Code>klucznik ledger check</Code>. {t("checkpoint.compare")}{" "}
        <Code>klucznik ledger verify --checkpoint</Code>
      </Text>
    </Panel>
  );
}

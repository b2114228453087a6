import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { number } from "@/lib/format";
import { isGoing } from "@/lib/jobs";

/** How far a job is, or why it failed. What it found is the page's to show. */
export function JobState({ job, label }: { job: Job; label: string }) {
  const { t } = useTranslation("admin");
  if (job.state === "failed" || job.state === "cancelled")
    return (
      <Text size="sm" c="var(--k-danger)" role="alert">
        {job.problem?.detail ?? t(`admin:jobState.${job.state}`)}
      </Text>
    );
  if (!isGoing(job)) return null;
  const part = job.total ? Math.min(100, (job.done / job.total) * 100) : 100;
  return (
    <Stack gap={4} role="status">
      <Text size="sm">
        {label}{" "}
        {job.total
          ? t("jobProgress", { done: number(job.done), total: number(job.total) })
          : t(`admin:jobState.${job.state}`)}
      </Text>
      <Progress.Root size="sm">
        <Progress.Section value={part} animated={!job.total} aria-label={label} />
      </Progress.Root>
    </Stack>
  );
}

import { Group, Stack, Text } from "@mantine/core";
import type { Job } from "@/api/types";
import { JobProgress, JobStateText } from "@/ui/JobsItem";
import { useJobWords } from "@/ui/JobsWords";

/** How far a job is, or why it failed. What it found is the page's to show. */
export function JobState({ job }: { job: Job }) {
  const words = useJobWords();
  if (job.state === "done") return null;
  return (
    <Stack gap={4} role="status">
      <Group gap="sm">
        <JobStateText job={job} />
        <Text size="sm">{words.summary(job)}</Text>
      </Group>
      <JobProgress job={job} />
    </Stack>
  );
}

// Background jobs at hand in the header: what runs, what has just ended. Leaving a page stops none of them.
import { Loader } from "@mantine/core";
import { IconProgressCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { isGoing } from "@/lib/jobs";
import { useEnded, useJobs, usePolling, useRefresh } from "./JobsData";
import { HideJob, JobItem } from "./JobsItem";
import { useJobWords } from "./JobsWords";
import { useHiddenJobs } from "./jobsHidden";
import { Tray } from "./Tray";

const SHOWN = 6;
/** Ended longer ago than this, a job is on the page of all jobs only. */
const RECENT_MS = 60 * 60_000;

const isRecent = (job: Job): boolean =>
  isGoing(job) || (job.finished_at !== null && Date.now() - Date.parse(job.finished_at) < RECENT_MS);

/** How many jobs have ended since it was looked, and the words for the newest of them. */
function useNews(jobs: Job[] | undefined) {
  const { t } = useTranslation("jobs");
  const words = useJobWords();
  const refresh = useRefresh();
  const [fresh, setFresh] = useState(0);
  const [said, setSaid] = useState("");
  usePolling(jobs);
  useEnded(jobs, (ended) => {
    ended.forEach(refresh);
    setFresh((count) => count + ended.length);
    setSaid(
      ended
        .map((job) =>
          t("ended", { title: words.title(job), state: words.state(job), summary: words.summary(job) }),
        )
        .join(" "),
    );
  });
  return { fresh, said, seen: () => setFresh(0) };
}

export function JobTray() {
  const { t } = useTranslation("jobs");
  const query = useJobs();
  const hidden = useHiddenJobs();
  const running = query.data?.filter(isGoing).length ?? 0;
  const { fresh, said, seen } = useNews(query.data);
  const name =
    running > 0
      ? t("tray.running", { count: running })
      : fresh > 0
        ? t("tray.ended", { count: fresh })
        : t("title");
  return (
    <Tray
      title={t("title")}
      name={name}
      icon={running > 0 ? <Loader size={18} aria-hidden /> : <IconProgressCheck size={22} stroke={1.6} />}
      count={fresh}
      all={{ to: "/jobs", label: t("tray.all") }}
      onOpen={() => {
        seen();
        void query.refetch();
      }}
      query={query}
      entries={(jobs) =>
        jobs
          .filter((job) => isRecent(job) && !hidden.has(job.id))
          .slice(0, SHOWN)
          .map((job) => (
            <JobItem key={job.id} job={job} extra={isGoing(job) ? null : <HideJob job={job} />} />
          ))
      }
      none={t("tray.none")}
      said={said}
    />
  );
}

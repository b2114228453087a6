import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/client";
import { jobsQuery } from "@/api/queries";
import type { BulkResult, Job } from "@/api/types";
import { HideJob, JobItem } from "@/ui/JobsItem";
import { useHiddenJobs } from "@/ui/jobsHidden";
import { useNotices } from "@/ui/NoticeBellData";
import { NoticeItem } from "@/ui/NoticeBellItem";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";
import classes from "../Home.module.css";

const SHOWN = 4;

/** Later than a day after it ended, whoever began a job knows how it went: the page of jobs keeps it. */
const DAY_MS = 86_400_000;

export const troubled = (job: Job, now: number): boolean =>
  now - Date.parse(job.finished_at ?? job.created_at) < DAY_MS &&
  (job.state === "failed" ||
    (job.state === "done" && ((job.result as BulkResult | undefined)?.refused ?? 0) > 0));

/** What waits for me: messages not read, and jobs that did not go well. */
export function Awaiting() {
  const { t } = useTranslation("home");
  const { query, unread, read } = useNotices();
  const jobs = useQuery(jobsQuery);
  const hidden = useHiddenJobs();
  const bad = (jobs.data ?? [])
    .filter((job) => troubled(job, serverNow()) && !hidden.has(job.id))
    .slice(0, SHOWN);
  return (
    <Block title={t("awaiting.title")} all={{ to: "/notifications", label: t("awaiting.all") }}>
      <Ready query={query} rows={2}>
        {() =>
          unread.length + bad.length === 0 ? (
            <Nothing>{t("awaiting.none")}</Nothing>
          ) : (
            <ul className={classes.plain}>
              {unread.slice(0, SHOWN).map((notice) => (
                <li key={notice.id}>
                  <NoticeItem notice={notice} onRead={() => void read([notice])} />
                </li>
              ))}
              {bad.map((job) => (
                <li key={job.id}>
                  <JobItem job={job} extra={<HideJob job={job} />} />
                </li>
              ))}
            </ul>
          )
        }
      </Ready>
    </Block>
  );
}

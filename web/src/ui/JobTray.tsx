// Background jobs at hand in the header: what runs, what has just ended. Leaving a page stops none of them.
import { ActionIcon, Button, Indicator, Loader, Popover } from "@mantine/core";
import { IconProgressCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import classes from "./Jobs.module.css";
import { isGoing, useJobs } from "./JobsData";
import { JobItem } from "./JobsItem";
import { useJobWords } from "./JobsWords";
import { Failed, Loading } from "./States";

const SHOWN = 6;
/** Ended longer ago than this, a job is on the page of all jobs only. */
const RECENT_MS = 60 * 60_000;

const isRecent = (job: Job): boolean =>
  isGoing(job) || (job.finished_at !== null && Date.now() - Date.parse(job.finished_at) < RECENT_MS);

/** Jobs that ended while this page was open, and the words for the newest of them. */
function useEnded(jobs: Job[]) {
  const { t } = useTranslation("jobs");
  const words = useJobWords();
  const going = useRef(new Set<string>());
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState("");
  useEffect(() => {
    const over = jobs.filter((job) => !isGoing(job) && going.current.delete(job.id));
    for (const job of jobs) if (isGoing(job)) going.current.add(job.id);
    if (over.length === 0) return;
    setEnded((old) => new Set([...old, ...over.map((job) => job.id)]));
    setSaid(
      over
        .map((job) =>
          t("ended", { title: words.title(job), state: words.state(job), summary: words.summary(job) }),
        )
        .join(" "),
    );
  }, [jobs, t, words]);
  return { fresh: ended.size, said, seen: () => setEnded(new Set()) };
}

export function JobTray() {
  const { t } = useTranslation("jobs");
  const query = useJobs();
  const [opened, setOpened] = useState(false);
  const jobs = query.data ?? [];
  const running = jobs.filter(isGoing).length;
  const { fresh, said, seen } = useEnded(jobs);
  const name =
    running > 0
      ? t("tray.running", { count: running })
      : fresh > 0
        ? t("tray.ended", { count: fresh })
        : t("title");
  const open = (next: boolean) => {
    setOpened(next);
    if (!next) return;
    seen();
    void query.refetch();
  };
  return (
    <>
      <Popover
        opened={opened}
        onChange={open}
        position="bottom-end"
        width="min(400px, calc(100vw - 16px))"
        trapFocus
        returnFocus
      >
        <Indicator disabled={fresh === 0} label={fresh} size={16} offset={6} color="brand">
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={name}
              title={name}
              onClick={() => open(!opened)}
            >
              {running > 0 ? <Loader size={18} aria-hidden /> : <IconProgressCheck size={22} stroke={1.6} />}
            </ActionIcon>
          </Popover.Target>
        </Indicator>
        <Popover.Dropdown p={0} aria-label={t("title")}>
          <div className={classes.trayHead}>
            <h2>{t("title")}</h2>
            <Button
              component={Link}
              to="/jobs"
              variant="subtle"
              size="compact-sm"
              data-autofocus
              onClick={() => setOpened(false)}
            >
              {t("tray.all")}
            </Button>
          </div>
          <TrayList query={query} />
        </Popover.Dropdown>
      </Popover>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

/** Hidden by the user; it stays so until the page is loaded anew. */
const hidden = new Set<string>();

function TrayList({ query }: { query: ReturnType<typeof useJobs> }) {
  const { t } = useTranslation("jobs");
  const [, again] = useState(0);
  const shown = (query.data ?? []).filter((job) => isRecent(job) && !hidden.has(job.id)).slice(0, SHOWN);
  const hide = (job: Job) => (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      onClick={() => {
        hidden.add(job.id);
        again((n) => n + 1);
      }}
    >
      {t("tray.dismiss")}
    </Button>
  );
  return (
    <div className={classes.trayList}>
      {query.isPending && <Loading rows={2} />}
      {query.isError && !query.data && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && shown.length === 0 && <p className={classes.none}>{t("tray.none")}</p>}
      {shown.map((job) => (
        <JobItem key={job.id} job={job} extra={isGoing(job) ? null : hide(job)} />
      ))}
    </div>
  );
}

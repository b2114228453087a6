import { Button, Progress } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconClock,
  IconDownload,
  IconLoader2,
  IconPlayerStop,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { bytes, dateTime, relative, time } from "@/lib/format";
import { isGoing } from "@/lib/jobs";
import classes from "./Jobs.module.css";
import { useJobActions } from "./JobsData";
import { useJobWords } from "./JobsWords";
import { hideJob } from "./jobsHidden";
import { passFocus } from "./passFocus";
import { Fact } from "./States";
import tray from "./Tray.module.css";

const LOOKS = {
  queued: { kind: "muted", icon: IconClock },
  running: { kind: "muted", icon: IconLoader2 },
  done: { kind: "ok", icon: IconCircleCheck },
  failed: { kind: "danger", icon: IconAlertTriangle },
  cancelled: { kind: "muted", icon: IconBan },
} as const;

export function JobStateText({ job }: { job: Job }) {
  const words = useJobWords();
  const look = job.undone ? { kind: "muted" as const, icon: IconArrowBackUp } : LOOKS[job.state];
  return (
    <Fact kind={look.kind}>
      <look.icon size={14} aria-hidden />
      {words.state(job)}
    </Fact>
  );
}

export function JobProgress({ job }: { job: Job }) {
  const words = useJobWords();
  if (!isGoing(job)) return null;
  const share = job.total ? Math.min(100, (job.done / job.total) * 100) : 0;
  return (
    <Progress.Root size="sm">
      <Progress.Section
        value={job.total ? share : 100}
        striped={!job.total}
        aria-label={words.title(job)}
        aria-valuetext={words.summary(job)}
      />
    </Progress.Root>
  );
}

/** Puts an ended job away. */
export function HideJob({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      onClick={(event) => {
        passFocus(event.currentTarget);
        hideJob(job);
      }}
    >
      {t("tray.dismiss")}
    </Button>
  );
}

/** What can be done with a job now. */
export function JobActions({ job, children }: { job: Job; children?: ReactNode }) {
  const { t } = useTranslation("jobs");
  const { cancel, undo, file } = useJobActions();
  const [asked, setAsked] = useState(false);
  const gone = job.file && new Date(job.file.expires_at) < new Date();
  if (!job.can_cancel && !job.can_undo && !job.file && !children) return null;
  return (
    <div className={classes.actions}>
      {job.file && !gone && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => void file(job)}
        >
          {t("download", { size: bytes(job.file.size) })}
        </Button>
      )}
      {job.can_undo && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={() => void undo(job)}
        >
          {t("undo")}
        </Button>
      )}
      {isGoing(job) && job.can_cancel && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerStop size={14} aria-hidden />}
          disabled={asked}
          onClick={async () => {
            setAsked(true);
            setAsked(await cancel(job));
          }}
        >
          {asked ? t("stopping") : t("cancel")}
        </Button>
      )}
      {children}
    </div>
  );
}

interface Props {
  job: Job;
  /** Buttons besides the job's own. */
  extra?: ReactNode;
  /** What came of it, in full. */
  details?: ReactNode;
  heading?: "h2" | "h3";
}

export function JobItem({ job, extra, details, heading: Heading = "h3" }: Props) {
  const { t } = useTranslation("jobs");
  const words = useJobWords();
  const at = job.finished_at ?? job.created_at;
  return (
    <div className={tray.item}>
      <div className={tray.head}>
        <Heading className={tray.title}>{words.title(job)}</Heading>
        <time dateTime={at} title={dateTime(at)} className={tray.when}>
          {relative(at)}
        </time>
      </div>
      <div className={classes.line}>
        <JobStateText job={job} />
        <span className={classes.summary}>{words.summary(job)}</span>
      </div>
      <JobProgress job={job} />
      {job.file && <p className={classes.hint}>{t("fileUntil", { time: time(job.file.expires_at) })}</p>}
      {details}
      <JobActions job={job}>{extra}</JobActions>
    </div>
  );
}

import { Button } from "@mantine/core";
import { IconProgressCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Job } from "@/api/types";
import { isGoing } from "@/lib/jobs";
import framed from "@/ui/Framed.module.css";
import { useJobs } from "@/ui/JobsData";
import { JobItem } from "@/ui/JobsItem";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { hasDetails, JobDetails } from "./JobDetails";
import classes from "./Jobs.module.css";

export default function Jobs() {
  const { t } = useTranslation("jobs");
  const query = useJobs();
  return (
    <Page title={t("title")} tab={t("title")} lead={<p className={classes.lead}>{t("lead")}</p>}>
      <Ready query={query}>
        {(jobs) =>
          jobs.length === 0 ? (
            <Empty title={t("none.title")} icon={<IconProgressCheck size={32} stroke={1.5} aria-hidden />}>
              {t("none.text")}
            </Empty>
          ) : (
            <>
              <Part title={t("going")} jobs={jobs.filter(isGoing)} />
              <Part title={t("over")} jobs={jobs.filter((job) => !isGoing(job))} />
            </>
          )
        }
      </Ready>
    </Page>
  );
}

function Part({ title, jobs }: { title: string; jobs: Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <section className={classes.part} aria-label={title}>
      <h2 className={classes.partTitle}>{title}</h2>
      <ul className={framed.list}>
        {jobs.map((job) => (
          <li key={job.id}>
            <One job={job} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function One({ job }: { job: Job }) {
  const { t } = useTranslation("jobs");
  const [open, setOpen] = useState(false);
  const more = hasDetails(job);
  return (
    <JobItem
      job={job}
      details={open && more ? <JobDetails job={job} /> : undefined}
      extra={
        more ? (
          <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t("details.hide") : t("details.show")}
          </Button>
        ) : undefined
      }
    />
  );
}

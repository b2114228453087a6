import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportReport, Job } from "@/api/types";
import { useJobs, useWholeJob } from "@/ui/JobsData";
import { JobActions, JobProgress, JobStateText } from "@/ui/JobsItem";
import { useJobWords } from "@/ui/JobsWords";
import { Failed, Loading } from "@/ui/States";
import classes from "./Import.module.css";
import { Report } from "./Report";

export const reportOf = (job: Job | undefined): ImportReport | undefined =>
  job?.result as ImportReport | undefined;

/** A job of the wizard: how far it is, then what came of it. */
export function JobPart({ id, job }: { id: string | null; job: Job | undefined }) {
  const { t } = useTranslation("import");
  const query = useJobs();
  const whole = useWholeJob(job);
  const words = useJobWords();
  if (!job) {
    if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />;
    if (query.isPending || query.isFetching) return <Loading rows={2} />;
    return id ? (
      <Alert color="gray" variant="light">
        {t("run.forgotten")}
      </Alert>
    ) : null;
  }
  const report = reportOf(whole.data);
  return (
    <div className={classes.job}>
      <div className={classes.jobLine} role="status">
        <JobStateText job={job} />
        <span>{words.summary(job)}</span>
      </div>
      <JobProgress job={job} />
      {report && <Report report={report} />}
      {whole.error && <Failed error={whole.error} retry={() => void whole.refetch()} />}
      <JobActions job={job} />
    </div>
  );
}

import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { number } from "@/lib/format";
import { isGoing } from "@/lib/jobs";
import { useJob } from "@/ui/JobsData";
import { Failed } from "@/ui/States";
import type { Draft, Drafting } from "./draft";
import classes from "./Import.module.css";
import { JobPart, reportOf } from "./JobPart";
import { StepHead } from "./StepHead";
import { useStart } from "./start";

interface Props {
  draft: Draft;
  drafting: Drafting;
  entity: Entity;
}

export function StepCheck({ draft, drafting: { change, answered }, entity }: Props) {
  const { t } = useTranslation("import");
  const job = useJob(draft.dryRun);
  const report = reportOf(job);
  const { mutate, isPending, error } = useStart(entity, false, (started, asked) =>
    answered(asked, { run: started.id, step: "run" }),
  );
  const good = (report?.made ?? 0) + (report?.updated ?? 0);
  const running = job !== undefined && isGoing(job);
  return (
    <div className={classes.body}>
      <StepHead title={t("check.title")}>{t("check.text")}</StepHead>
      <JobPart id={draft.dryRun} job={job} />
      {error && <Failed error={error} />}
      <div className={classes.buttons}>
        {draft.run ? (
          <Button onClick={() => change({ step: "run" })}>{t("check.toRun")}</Button>
        ) : (
          <Button
            loading={isPending}
            disabled={running || !job || job.state === "failed" || (report?.finished !== false && good === 0)}
            onClick={() => mutate(draft)}
          >
            {good > 0 ? t("check.run", { count: good, number: number(good) }) : t("check.runOpen")}
          </Button>
        )}
        <Button variant="default" onClick={() => change({ step: "duplicates" })}>
          {t("back")}
        </Button>
      </div>
    </div>
  );
}

import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { isGoing } from "@/lib/jobs";
import { listPath } from "@/lib/paths";
import { useJob } from "@/ui/JobsData";
import type { Draft, Drafting } from "./draft";
import classes from "./Import.module.css";
import { JobPart } from "./JobPart";
import { StepHead } from "./StepHead";

interface Props {
  draft: Draft;
  drafting: Drafting;
  entity: Entity;
}

export function StepRun({ draft, drafting: { clear }, entity }: Props) {
  const { t } = useTranslation("import");
  const job = useJob(draft.run);
  const over = job !== undefined && !isGoing(job);
  // Of one that the server has forgotten, nothing can be said here: neither that it runs nor how it ended.
  const how = job === undefined ? "unknown" : !over ? "going" : job.state === "done" ? "over" : "cut";
  return (
    <div className={classes.body}>
      <StepHead title={t(`run.${how}.title`)}>{how !== "unknown" && t(`run.${how}.text`)}</StepHead>
      <JobPart id={draft.run} job={job} />
      <div className={classes.buttons}>
        <Button component={Link} to={listPath(entity.plural)}>
          {t("run.list", { entity: inWords(entity.label_plural) })}
        </Button>
        <Button variant="default" onClick={clear}>
          {t("run.another")}
        </Button>
      </div>
    </div>
  );
}

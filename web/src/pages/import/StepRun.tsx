import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { changed } from "@/api/queries";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { listPath } from "@/lib/paths";
import { isGoing, useJob } from "@/ui/JobsData";
import type { Draft } from "./draft";
import classes from "./Import.module.css";
import { JobPart } from "./JobPart";
import { StepHead } from "./StepHead";

interface Props {
  draft: Draft;
  change: (change: Partial<Draft>) => void;
  entity: Entity;
  clear: () => void;
}

export function StepRun({ draft, entity, clear }: Props) {
  const { t } = useTranslation("import");
  const client = useQueryClient();
  const job = useJob(draft.run);
  const over = job !== undefined && !isGoing(job);
  useEffect(() => {
    if (!over) return;
    changed(client, entity.plural);
    void client.invalidateQueries({ queryKey: ["imports"] });
  }, [over, client, entity.plural]);
  return (
    <div className={classes.body}>
      <StepHead title={over ? t("run.over") : t("run.title")}>
        {over ? t("run.undoText") : t("run.text")}
      </StepHead>
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

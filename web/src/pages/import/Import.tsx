import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayAt, useEntities, useMe } from "@/lib/entities";
import { Page } from "@/ui/Page";
import { NoAccess } from "@/ui/States";
import { useDraft } from "./draft";
import { Earlier, importsQuery } from "./Earlier";
import classes from "./Import.module.css";
import { StepCheck } from "./StepCheck";
import { StepColumns } from "./StepColumns";
import { StepDuplicates } from "./StepDuplicates";
import { StepFile } from "./StepFile";
import { StepRun } from "./StepRun";
import { Steps } from "./Steps";

export default function Import() {
  const { t } = useTranslation("import");
  const me = useMe();
  const entities = useEntities().filter((e) => mayAt(me, "import", e.name));
  const [draft, drafting] = useDraft();
  const earlier = useQuery(importsQuery);
  const entity = entities.find((e) => e.name === draft.entity);
  const step = draft.step;
  // Whoever goes from step to step is led to its heading; whoever comes to the page is not.
  const here = `${step} ${draft.resume?.id ?? ""}`;
  const [last, setLast] = useState(here);
  const [moved, setMoved] = useState(false);
  if (here !== last) {
    setLast(here);
    setMoved(true);
  }
  if (entities.length === 0)
    return (
      <Page title={t("title")} tab={t("title")}>
        <NoAccess missing={{ action: "import" }} />
      </Page>
    );
  return (
    <Page title={t("title")} tab={t("title")} lead={<p className={classes.lead}>{t("lead")}</p>}>
      <section className={classes.wizard} aria-label={t("wizard")}>
        <Steps draft={draft} onGo={(next) => drafting.change({ step: next })} />
        {(step === "file" || !entity) && (
          <StepFile key={draft.resume?.id} {...{ draft, drafting, entities, moved }} />
        )}
        {entity && step === "columns" && <StepColumns {...{ draft, drafting, entity }} />}
        {entity && step === "duplicates" && <StepDuplicates {...{ draft, drafting, entity }} />}
        {entity && step === "check" && <StepCheck {...{ draft, drafting, entity }} />}
        {entity && step === "run" && <StepRun {...{ draft, drafting, entity }} />}
      </section>
      <Earlier
        query={earlier}
        entities={entities}
        onResume={(one) => {
          drafting.clear();
          drafting.change({ entity: one.entity, resume: { id: one.id, line: one.last_line ?? 0 } });
        }}
      />
    </Page>
  );
}

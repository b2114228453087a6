import { useQuery } from "@tanstack/react-query";
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
  const [draft, change, clear] = useDraft();
  const earlier = useQuery(importsQuery);
  const entity = entities.find((e) => e.name === draft.entity);
  if (entities.length === 0)
    return (
      <Page title={t("title")} tab={t("title")}>
        <NoAccess missing={{ action: "import" }} />
      </Page>
    );
  const step = draft.step;
  return (
    <Page title={t("title")} tab={t("title")} lead={<p className={classes.lead}>{t("lead")}</p>}>
      <section className={classes.wizard} aria-label={t("wizard")}>
        <Steps draft={draft} onGo={(next) => change({ step: next })} />
        {(step === "file" || !entity) && <StepFile {...{ draft, change, entities }} />}
        {entity && step === "columns" && <StepColumns {...{ draft, change, entity }} />}
        {entity && step === "duplicates" && <StepDuplicates {...{ draft, change, entity }} />}
        {entity && step === "check" && <StepCheck {...{ draft, change, entity }} />}
        {entity && step === "run" && <StepRun {...{ draft, change, entity, clear }} />}
      </section>
      <Earlier
        query={earlier}
        entities={entities}
        onResume={(one) => {
          clear();
          change({ entity: one.entity, resume: { id: one.id, line: one.last_line ?? 0 } });
        }}
      />
    </Page>
  );
}

import { Button, Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { isGoing } from "@/lib/jobs";
import { useJob } from "@/ui/JobsData";
import { Failed } from "@/ui/States";
import type { Draft, Drafting, OnDuplicate } from "./draft";
import classes from "./Import.module.css";
import { StepHead } from "./StepHead";
import { useStart } from "./start";

interface Props {
  draft: Draft;
  drafting: Drafting;
  entity: Entity;
}

const POLICIES: OnDuplicate[] = ["skip", "update", "create"];

export function StepDuplicates({ draft, drafting: { change, answered }, entity }: Props) {
  const { t } = useTranslation("import");
  const { mutate, isPending, error } = useStart(entity, true, (job, asked) =>
    answered(asked, { dryRun: job.id, step: "check" }),
  );
  const tried = useJob(draft.dryRun);
  const unique = entity.fields.filter((f) => f.flags.unique).map((f) => inWords(f.label));
  return (
    <form
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault();
        // One that failed, was stopped or is forgotten tells nothing: it is made again.
        if (isGoing(tried) || tried?.state === "done") change({ step: "check" });
        else mutate(draft);
      }}
    >
      <StepHead title={t("duplicates.title")}>
        {unique.length > 0
          ? t("duplicates.text", { fields: unique.join(", ") })
          : t("duplicates.none", { entity: inWords(entity.label_plural) })}
      </StepHead>
      <Radio.Group
        aria-label={t("duplicates.title")}
        value={draft.onDuplicate}
        onChange={(value) => change({ onDuplicate: value as OnDuplicate })}
      >
        <Stack gap="md">
          {POLICIES.map((policy) => (
            <Radio
              key={policy}
              value={policy}
              label={t(`duplicates.${policy}.label`)}
              description={t(`duplicates.${policy}.text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {error && <Failed error={error} />}
      <div className={classes.buttons}>
        <Button type="submit" loading={isPending}>
          {t("duplicates.next")}
        </Button>
        <Button variant="default" onClick={() => change({ step: "columns" })}>
          {t("back")}
        </Button>
      </div>
      <p className={classes.lead}>{t("duplicates.dry")}</p>
    </form>
  );
}

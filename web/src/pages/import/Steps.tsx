import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Draft, STEPS, type Step } from "./draft";
import classes from "./Import.module.css";

/** How far the choices reach: every step up to there can be gone back to. */
function reach(draft: Draft): number {
  if (draft.run) return 4;
  if (draft.dryRun) return 3;
  if (draft.preview) return 2;
  return 0;
}

export function Steps({ draft, onGo }: { draft: Draft; onGo: (step: Step) => void }) {
  const { t } = useTranslation("import");
  const now = STEPS.indexOf(draft.step);
  const far = reach(draft);
  return (
    <ol className={classes.steps} aria-label={t("steps.label")}>
      {STEPS.map((step, at) => {
        const done = at < now;
        const inner = (
          <>
            <span className={classes.number}>
              {done ? <IconCheck size={14} aria-hidden /> : at + 1}
              {done && <span className="visually-hidden">{t("steps.done")}</span>}
            </span>
            <span className={classes.stepName}>{t(`steps.${step}`)}</span>
          </>
        );
        return (
          <li key={step} aria-current={at === now ? "step" : undefined}>
            {at !== now && at <= far ? (
              <button type="button" onClick={() => onGo(step)}>
                {inner}
              </button>
            ) : (
              <span className={classes.step}>{inner}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

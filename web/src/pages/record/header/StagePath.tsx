// The stages of a deal in order, as buttons: where it is, and where it can go with one press.
import { IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { useHere } from "../here";
import classes from "./StagePath.module.css";

export function useMoveStage(onLost: () => void): (code: string) => void {
  const { t } = useTranslation("record");
  const { entity, record, saving } = useHere();
  return (code) => {
    const choice = fieldOf(entity, "stage")?.choices?.find((c) => c.code === code);
    if (!choice || record.fields.stage === code) return;
    if (choice.outcome === "lost") onLost();
    else
      void saving.save(
        { fields: { stage: code } },
        { label: t("acts.moved", { stage: inWords(choice.label) }) },
      );
  };
}

export function StagePath({ onLost }: { onLost: () => void }) {
  const { t } = useTranslation("record");
  const { entity, record, may } = useHere();
  const move = useMoveStage(onLost);
  const current = useRef<HTMLLIElement>(null);
  const stages = fieldOf(entity, "stage")?.choices ?? [];
  const at = stages.findIndex((s) => s.code === record.fields.stage);
  const ended = stages[at]?.outcome;
  const writable = may("update") && record.access.writable.includes("stage") && !record.deleted_at;
  // biome-ignore lint/correctness/useExhaustiveDependencies: on a narrow screen the present stage comes into sight
  useEffect(() => {
    const item = current.current;
    const list = item?.parentElement;
    if (item && list) list.scrollLeft = item.offsetLeft - (list.clientWidth - item.clientWidth) / 2;
  }, [at]);
  if (at < 0) return null;
  return (
    <ol className={classes.path} aria-label={t("stage.label")}>
      {stages.map((stage, i) => {
        const state =
          i === at ? (ended ?? "now") : i < at && !stage.outcome && ended !== "lost" ? "passed" : "";
        return (
          <li
            key={stage.code}
            ref={i === at ? current : undefined}
            className={classes.step}
            data-state={state}
          >
            <button
              type="button"
              disabled={!writable && i !== at}
              aria-current={i === at ? "step" : undefined}
              onClick={() => writable && move(stage.code)}
            >
              {(state === "passed" || state === "won") && <IconCheck size={14} aria-hidden />}
              {state === "lost" && <IconX size={14} aria-hidden />}
              {inWords(stage.label)}
              {i === at && stage.probability !== undefined && !ended && (
                <span className={classes.chance}>{stage.probability}%</span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

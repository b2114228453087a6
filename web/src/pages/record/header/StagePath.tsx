// The stages of a deal in order, as buttons: where it is, and where it can go with one press.
import { IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "@/lib/format";
import { asksWhy, type Stage, stageFields, stagesOf } from "@/pages/deals/deal";
import { watchEdges } from "@/ui/edges";
import { useHere } from "../here";
import classes from "./StagePath.module.css";

/** `onAsk` is for stages that want a reason. */
export function useMoveStage(onAsk?: (stage: Stage) => void): (stage: Stage, lostReason?: string) => void {
  const { t } = useTranslation("record");
  const { record, saving } = useHere();
  return (stage, lostReason) => {
    if (record.fields.stage === stage.id) return;
    if (onAsk && asksWhy(stage, record.access.writable)) return onAsk(stage);
    const label = t("acts.moved", { stage: stage.title });
    void saving.save({ fields: stageFields(stage, lostReason) }, { label });
  };
}

export function StagePath({ onAsk }: { onAsk: (stage: Stage) => void }) {
  const { t } = useTranslation("record");
  const { entity, record, may } = useHere();
  const move = useMoveStage(onAsk);
  const current = useRef<HTMLLIElement>(null);
  const stages = stagesOf(entity);
  const at = stages.findIndex((s) => s.id === record.fields.stage);
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
    <ol ref={watchEdges} className={classes.path} aria-label={t("stage.label")}>
      {stages.map((stage, i) => {
        const state =
          i === at ? (ended ?? "now") : i < at && !stage.outcome && ended !== "lost" ? "passed" : "";
        return (
          <li key={stage.id} ref={i === at ? current : undefined} className={classes.step} data-state={state}>
            <button
              type="button"
              disabled={!writable && i !== at}
              aria-current={i === at ? "step" : undefined}
              onClick={() => writable && move(stage)}
            >
              {(state === "passed" || state === "won") && <IconCheck size={14} aria-hidden />}
              {state === "lost" && <IconX size={14} aria-hidden />}
              {stage.title}
              {i === at && !ended && <span className={classes.chance}>{percent(stage.probability)}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

import { SegmentedControl } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { addDays, dateFrom, dayOf, useToday } from "@/lib/days";
import { useEntity } from "@/lib/entities";
import { EntityTable } from "@/pages/list/EntityTable";
import classes from "./Activities.module.css";

export const QUICK = ["open", "today", "overdue", "done", "any"] as const;
export type Quick = (typeof QUICK)[number];

interface Props {
  quick: Quick;
  onChange: (quick: Quick) => void;
}

/** As conditions of the API; what is overdue is reckoned from when the choice was made, and each day anew. */
export function quickFilters(quick: Quick, now: Date): string[] {
  const today = dayOf(now);
  switch (quick) {
    case "open":
      return ["done:eq:false"];
    case "today":
      return [
        "done:eq:false",
        `due:gte:${dateFrom(today).toISOString()}`,
        `due:lt:${dateFrom(addDays(today, 1)).toISOString()}`,
      ];
    case "overdue":
      return ["done:eq:false", `due:lt:${now.toISOString()}`];
    case "done":
      return ["done:eq:true"];
    default:
      return [];
  }
}

export function ActivityList({ quick, onChange }: Props) {
  const { t } = useTranslation("activities");
  const entity = useEntity("activity");
  const today = useToday();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each day has its own conditions
  const fixed = useMemo(() => quickFilters(quick, new Date()), [quick, today]);
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t("quick.label")}
          size="xs"
          data={QUICK.map((q) => ({ value: q, label: t(`quick.${q}`) }))}
          value={quick}
          onChange={(next) => onChange(next as Quick)}
        />
      </div>
      <EntityTable
        entity={entity}
        fixedFilters={fixed}
        // What is to be done: what is due first. What was done: the latest.
        defaultSort={quick === "done" || quick === "any" ? "-due" : "due"}
        embedded
      />
    </>
  );
}

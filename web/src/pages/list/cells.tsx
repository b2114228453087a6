// Cells of a table of records, without hooks, since it has hundreds.
import { IconAlertTriangle } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { Entity, Field, NextActivity, Value } from "@/api/types";
import { dateOf } from "@/lib/format";
import { type Around, asText, choiceLabel, None, valueText } from "@/ui/valueText";
import classes from "./list.module.css";

/** Text may be longer than its column. */
export const fieldCell = (field: Field, value: Value | undefined, around: Around): ReactNode =>
  valueText(field, value, around) ?? <span title={String(value)}>{asText(field, value)}</span>;

/** The next thing to do, or in words that there is none. */
export function nextCell(
  next: NextActivity | null | undefined,
  activity: Entity | undefined,
  t: TFunction,
): ReactNode {
  if (next === undefined) return <None />;
  if (next === null) return <span className={classes.none}>{t("list:next.none")}</span>;
  const kind = choiceLabel(
    activity?.fields.find((f) => f.name === "kind"),
    next.kind,
  );
  const what = next.due ? `${dateOf(next.due)} · ${kind}` : kind;
  if (!next.overdue) return <span title={next.title}>{what}</span>;
  return (
    <span className={classes.overdue} title={[kind, next.title].filter(Boolean).join(": ")}>
      <IconAlertTriangle size={14} aria-hidden /> {t("list:next.overdue")} ·{" "}
      {next.due ? dateOf(next.due) : kind}
    </span>
  );
}

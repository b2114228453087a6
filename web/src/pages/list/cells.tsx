// Values in cells: as FieldValue shows them, but without hooks, since a table has hundreds.
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { Entity, Field, Money, NextActivity, Refs, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { isMasked } from "@/lib/entities";
import { countryName, dateOf, dateTime, day, money, number } from "@/lib/format";
import { MaskedText } from "@/ui/FieldValue";
import classes from "./list.module.css";

export interface CellContext {
  refs: Refs;
  userName: (id: string) => string;
  t: TFunction;
  /** Link to another record, if its entity is known. */
  link: (entity: string, id: string, title: string) => ReactNode;
}

export const None = () => <span className={classes.none}>–</span>;

export function reference(id: string, { refs, link, t }: CellContext): ReactNode {
  const ref = refs[id];
  return ref ? (
    link(ref.entity, id, ref.title)
  ) : (
    <span className={classes.none}>{t("common:notVisible")}</span>
  );
}

export function fieldCell(field: Field, value: Value | undefined, context: CellContext): ReactNode {
  if (value === undefined || value === null || value === "") return <None />;
  if (isMasked(value)) return <MaskedText display={value.display} />;
  switch (field.kind) {
    case "money":
      return money(value as Money);
    case "date":
      return day(String(value));
    case "date_time":
      return <Moment value={String(value)} />;
    case "integer":
      return number(Number(value));
    case "decimal":
      return number(Number(value), 4);
    case "bool":
      return value ? (
        <span className={classes.icon}>
          <IconCheck size={14} aria-hidden /> {context.t("common:yes")}
        </span>
      ) : (
        context.t("common:no")
      );
    case "country":
      return countryName(String(value));
    case "choice":
      return choiceLabel(field, String(value));
    case "choices":
      return (value as string[]).map((code) => choiceLabel(field, code)).join(", ");
    case "tags":
      return (
        <span className={classes.tags}>
          {(value as string[]).map((tag) => (
            <span key={tag} className={classes.tag}>
              {tag}
            </span>
          ))}
        </span>
      );
    case "user":
      return context.userName(String(value)) || context.t("common:unknownUser");
    case "reference":
      return reference(String(value), context);
    default:
      return <span title={String(value)}>{String(value)}</span>;
  }
}

export const choiceLabel = (field: Field | undefined, code: string): string =>
  inWords(field?.choices?.find((c) => c.code === code)?.label) || code;

export function Moment({ value, days }: { value: string; days?: boolean }) {
  return (
    <time dateTime={value} title={value}>
      {days ? dateOf(value) : dateTime(value)}
    </time>
  );
}

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

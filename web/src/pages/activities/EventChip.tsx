import { IconAlertTriangle, IconDots } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Refs, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, titleOf } from "@/lib/entities";
import { time } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { useCarried } from "@/ui/board";
import { PlainLink } from "@/ui/PlainLink";
import classes from "./Activities.module.css";
import { dueOf, isOverdue } from "./calendar";
import { DoneButton } from "./DoneButton";
import { kindIcon } from "./kinds";

interface Props {
  entity: Entity;
  row: Row;
  refs?: Refs;
  /** With what it is about, and a way to do it: where there is room. */
  wide: boolean;
  /** Whether Tab stops at what is on it. */
  tabIndex: number;
  canMove: boolean;
  canDo: boolean;
  onMove: (row: Row) => void;
  onDone: (row: Row, done: boolean) => void;
}

/** One activity in the calendar. */
export const EventChip = memo(function EventChip(props: Props) {
  const { row, wide, tabIndex, canMove, canDo, onMove, onDone, entity } = props;
  const { t } = useTranslation("activities");
  const carry = useCarried(row.id, !canMove);
  const title = titleOf(entity, row.fields) || t("untitled");
  return (
    <div
      {...carry}
      className={wide ? classes.chipWide : classes.chip}
      data-event={row.id}
      data-done={row.fields.done === true || undefined}
      data-overdue={isOverdue(row, new Date()) || undefined}
    >
      {wide && canDo && (
        <DoneButton
          title={title}
          done={row.fields.done === true}
          tabIndex={tabIndex}
          onChange={(done) => onDone(row, done)}
        />
      )}
      <EventText {...props} />
      {canMove && (
        <button
          type="button"
          tabIndex={tabIndex}
          className={classes.more}
          aria-label={t("moveOf", { title })}
          title={t("move")}
          onMouseDown={(event) => event.stopPropagation()}
          onClick={() => onMove(row)}
        >
          <IconDots size={14} aria-hidden />
        </button>
      )}
    </div>
  );
});

type TextProps = Pick<Props, "entity" | "row" | "refs" | "wide"> & { tabIndex?: number };

export function EventText({ entity, row, refs, wide, tabIndex }: TextProps) {
  const { t } = useTranslation("activities");
  const kind = fieldOf(entity, "kind")?.choices?.find((c) => c.code === row.fields.kind);
  const Icon = kindIcon(row.fields.kind);
  const title = titleOf(entity, row.fields) || t("untitled");
  const due = dueOf(row);
  // In the narrow cell of a month, being late matters more than the hour.
  const overdue = isOverdue(row, new Date());
  const compact = overdue && !wide;
  const about = row.parent ? refs?.[row.parent]?.title : undefined;
  return (
    <PlainLink
      to={recordPath(entity.plural, row.id)}
      draggable={false}
      tabIndex={tabIndex}
      className={classes.chipText}
      title={about ? `${title} · ${about}` : title}
    >
      {!compact && <Icon size={14} aria-hidden />}
      <span className="visually-hidden">{inWords(kind?.label)} </span>
      {due && !compact && <span className={classes.time}>{time(due)}</span>}
      {overdue && (
        <span className={classes.overdue}>
          <IconAlertTriangle size={12} aria-hidden /> {t("overdue")}
        </span>
      )}
      {row.fields.done === true && <span className="visually-hidden">{t("done")} </span>}
      <span className={classes.chipTitle}>{title}</span>
      {wide && about && <span className={classes.about}>{about}</span>}
    </PlainLink>
  );
}

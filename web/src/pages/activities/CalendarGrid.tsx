// Days as a grid: arrow keys go between days, Enter adds. Tab stops at one day and what is on it, not at all of them.
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Row } from "@/api/types";
import { addDays, dateFrom, useToday } from "@/lib/days";
import { day as dayText, number, weekday } from "@/lib/format";
import { usePlace } from "@/ui/board";
import classes from "./Activities.module.css";
import { addMonths, type Span } from "./calendar";

interface Props {
  label: string;
  rows: string[][];
  span: Span;
  on: string;
  days: Map<string, Row[]>;
  event: (row: Row, tabIndex: number) => ReactNode;
  onDay: (day: string) => void;
  /** Absent if nothing can be added. */
  onAdd?: (day: string) => void;
}

const LIMIT: Record<Span, number> = { month: 3, week: 60, day: 200 };

const STEPS: Record<string, (day: string) => string> = {
  ArrowLeft: (day) => addDays(day, -1),
  ArrowRight: (day) => addDays(day, 1),
  ArrowUp: (day) => addDays(day, -7),
  ArrowDown: (day) => addDays(day, 7),
  PageUp: (day) => addMonths(day, -1),
  PageDown: (day) => addMonths(day, 1),
};

export function CalendarGrid({ label, rows, span, on, days, event, onDay, onAdd }: Props) {
  const today = useToday();
  const grid = useRef<HTMLTableElement>(null);
  const follow = useRef(false);
  // The focus follows the day that the keys have gone to, once it is on screen.
  useEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-day="${on}"]`)?.focus();
  }, [on]);
  const key = (pressed: KeyboardEvent, day: string) => {
    if (pressed.target !== pressed.currentTarget) return;
    const to = STEPS[pressed.key];
    if (to) {
      pressed.preventDefault();
      follow.current = true;
      onDay(to(day));
    } else if (pressed.key === "Enter" && onAdd) {
      pressed.preventDefault();
      onAdd(day);
    }
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of a grid one moves about in
    <table ref={grid} role="grid" aria-label={label} className={classes.grid} data-span={span}>
      {span !== "day" && (
        <thead>
          <tr>
            {rows[0]?.map((day) => (
              <th key={day} scope="col">
                <abbr title={weekday(dateFrom(day), "long")}>{weekday(dateFrom(day))}</abbr>
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((week) => (
          // biome-ignore lint/a11y/noRedundantRoles: laid out as a grid, it would lose its role in some browsers
          <tr key={week[0]} role="row">
            {week.map((day) => (
              <DayCell
                key={day}
                day={day}
                span={span}
                today={day === today}
                current={day === on}
                outside={span === "month" && day.slice(0, 7) !== on.slice(0, 7)}
                rows={days.get(day) ?? []}
                event={event}
                onKey={key}
                onAdd={onAdd}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  day: string;
  span: Span;
  today: boolean;
  current: boolean;
  outside: boolean;
  rows: Row[];
  event: (row: Row, tabIndex: number) => ReactNode;
  onKey: (pressed: KeyboardEvent, day: string) => void;
  onAdd?: (day: string) => void;
}

function DayCell({ day, span, today, current, outside, rows, event, onKey, onAdd }: CellProps) {
  const { t } = useTranslation("activities");
  const place = usePlace(day);
  const tabIndex = current ? 0 : -1;
  const shown = rows.slice(0, rows.length > LIMIT[span] ? LIMIT[span] - 1 : LIMIT[span]);
  const toDay = { v: "calendar", span: "day", on: day };
  const heading =
    span === "day" ? `${weekday(dateFrom(day), "long")}, ${dayText(day)}` : String(Number(day.slice(8)));
  return (
    <td
      {...place}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of a grid one moves about in
      role="gridcell"
      tabIndex={tabIndex}
      data-day={day}
      aria-current={today ? "date" : undefined}
      className={classes.cell}
      data-outside={outside || undefined}
      data-today={today || undefined}
      onKeyDown={(pressed) => onKey(pressed, day)}
      onClick={(click) => {
        const inner = (click.target as HTMLElement).closest("a, button");
        if (!inner && onAdd) onAdd(day);
      }}
    >
      <div className={classes.dayHead}>
        <Link
          to="."
          search={((before: object) => ({ ...before, ...toDay })) as never}
          tabIndex={tabIndex}
          className={classes.dayNumber}
        >
          {span === "week" && (
            <span className={classes.weekday} aria-hidden>
              {weekday(dateFrom(day))}
            </span>
          )}
          <span aria-hidden>{heading}</span>
          <span className="visually-hidden">
            {t("dayLabel", { day: `${weekday(dateFrom(day), "long")}, ${dayText(day)}` })},{" "}
            {t("count", { count: rows.length })}
          </span>
          {today && <span className={classes.today}>{t("today")}</span>}
          {rows.length > 0 && (
            <span className={classes.dayCount} aria-hidden>
              {number(rows.length)}
            </span>
          )}
        </Link>
      </div>
      <ul className={classes.events}>
        {shown.map((row) => (
          <li key={row.id}>{event(row, tabIndex)}</li>
        ))}
      </ul>
      {shown.length < rows.length && (
        <Link
          to="."
          search={((before: object) => ({ ...before, ...toDay })) as never}
          tabIndex={tabIndex}
          className={classes.moreLink}
        >
          {t("moreEvents", { count: rows.length - shown.length })}
        </Link>
      )}
      {span === "day" && rows.length === 0 && <p className={classes.free}>{t("free")}</p>}
    </td>
  );
}

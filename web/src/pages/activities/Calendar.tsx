import { ActionIcon, Alert, Button, Group, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { loadAll } from "@/api/loadAll";
import type { Row } from "@/api/types";
import { dateFrom, dayOf } from "@/lib/days";
import { onlyFields, reaches, titleOf, useEntity, useMe } from "@/lib/entities";
import { dateOf, day as dayText, monthOf } from "@/lib/format";
import { useShortcuts } from "@/lib/keys";
import { openQuickAdd } from "@/lib/overlay";
import { Whose } from "@/pages/deals/Whose";
import { whoseFilter } from "@/pages/deals/whose";
import { DragArea } from "@/ui/board";
import { Ready } from "@/ui/States";
import classes from "./Activities.module.css";
import { CalendarGrid } from "./CalendarGrid";
import { byDay, CHIP, dueOf, rangeOf, rowsOf, SPANS, type Span, step } from "./calendar";
import { EventChip, EventText } from "./EventChip";
import { MoveDialog } from "./MoveDialog";
import { useActivity } from "./useActivity";

const MOST = 1000;

interface Props {
  who: string;
  span: Span;
  on: string;
  onChange: (change: Partial<{ who: string; span: Span; on: string }>) => void;
}

export function Calendar({ who, span, on, onChange }: Props) {
  const { t } = useTranslation("activities");
  const me = useMe();
  const entity = useEntity("activity");
  const rows = useMemo(() => rowsOf(span, on), [span, on]);
  const query = useMemo(() => {
    const { from, to } = rangeOf(rows);
    const filter = [`due:gte:${from}`, `due:lt:${to}`, ...whoseFilter(who, me, "assignee")];
    return { filter, sort: "due", fields: onlyFields(me, entity, [entity.title, ...CHIP]), refs: true };
  }, [rows, who, me, entity]);
  const key = ["list", entity.plural, "calendar", query];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => loadAll(entity.plural, query, MOST, signal),
    placeholderData: keepPreviousData,
  });
  const { setDone, moveTo } = useActivity(key);
  const [moving, setMoving] = useState<Row | null>(null);
  const data = found.data;
  const may = (field: string) =>
    reaches(me, "update", "activity") && (data?.access.writable.includes(field) ?? false);
  const canMove = may("due");
  const canDo = may("done");
  const nameOf = useCallback((row: Row) => titleOf(entity, row.fields) || t("untitled"), [entity, t]);
  const find = (id: string | undefined) => data?.items.find((row) => row.id === id);
  const days = useMemo(() => byDay(data?.items ?? []), [data?.items]);
  useShortcuts([
    { keys: "t", label: t("keys.today"), run: () => onChange({ on: dayOf(new Date()) }) },
    {
      keys: "m",
      label: canMove ? t("keys.move") : "",
      run: () => {
        const chip = document.activeElement?.closest<HTMLElement>("[data-event]");
        const row = canMove && find(chip?.dataset.event);
        if (row) setMoving(row);
      },
    },
  ]);
  const title = titleText(span, rows, on);
  return (
    <>
      <Tools who={who} span={span} on={on} title={title} onChange={onChange} />
      <Ready query={found} rows={10}>
        {(loaded) => (
          <>
            {loaded.more && (
              <Alert color="yellow" variant="light">
                {t("tooMany", { count: loaded.items.length })}
              </Alert>
            )}
            <DragArea
              onDrop={(id, day) => {
                const row = find(id);
                if (row) void moveTo(row, nameOf(row), day);
              }}
              carried={(id) => {
                const row = find(id);
                return row && <EventText entity={entity} row={row} refs={loaded.refs} wide />;
              }}
            >
              <CalendarGrid
                label={t("calendarOf", { range: title })}
                rows={rows}
                span={span}
                on={on}
                days={days}
                onDay={(day) => onChange({ on: day })}
                onAdd={
                  reaches(me, "create", "activity")
                    ? (day) => openQuickAdd({ entity: "activity", initial: firstValues(day, me.user.id) })
                    : undefined
                }
                event={(row, tabIndex) => (
                  <EventChip
                    tabIndex={tabIndex}
                    entity={entity}
                    row={row}
                    refs={loaded.refs}
                    wide={span !== "month"}
                    canMove={canMove}
                    canDo={canDo}
                    onMove={setMoving}
                    onDone={(one, done) => void setDone(one, nameOf(one), done)}
                  />
                )}
              />
            </DragArea>
          </>
        )}
      </Ready>
      {moving && (
        <MoveDialog
          title={nameOf(moving)}
          day={dayOf(new Date(dueOf(moving) ?? Date.now()))}
          onClose={() => setMoving(null)}
          onMove={(day) => {
            setMoving(null);
            void moveTo(moving, nameOf(moving), day);
          }}
        />
      )}
    </>
  );
}

/** A new activity begins at nine on the day that was chosen, and is one's own. */
function firstValues(day: string, me: string) {
  const due = dateFrom(day);
  due.setHours(9);
  return { due: due.toISOString(), assignee: me };
}

function titleText(span: Span, rows: string[][], on: string): string {
  if (span === "month") return monthOf(on);
  const [first = on] = rows[0] ?? [];
  if (span === "day") return dayText(on);
  return `${dateOf(dateFrom(first))} – ${dateOf(dateFrom(rows.at(-1)?.at(-1) ?? on))}`;
}

function Tools({ who, span, on, title, onChange }: Props & { title: string }) {
  const { t } = useTranslation("activities");
  return (
    <div className={classes.tools}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("earlier")}
          onClick={() => onChange({ on: step(span, on, -1) })}
        >
          <IconChevronLeft size={16} />
        </ActionIcon>
        <Button variant="default" onClick={() => onChange({ on: dayOf(new Date()) })}>
          {t("toToday")}
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("later")}
          onClick={() => onChange({ on: step(span, on, 1) })}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      <h2 className={classes.range} aria-live="polite">
        {title}
      </h2>
      <div className={classes.right}>
        <Whose entity="activity" value={who} onChange={(next) => onChange({ who: next })} />
        <SegmentedControl
          aria-label={t("span.label")}
          size="xs"
          data={SPANS.map((s) => ({ value: s, label: t(`span.${s}`) }))}
          value={span}
          onChange={(next) => onChange({ span: next as Span })}
        />
      </div>
    </div>
  );
}

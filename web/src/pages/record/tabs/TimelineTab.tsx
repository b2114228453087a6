import { Button, Stack } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Row } from "@/api/types";
import { findEntity, reaches, titleOf, useEntities, useMe, useNames } from "@/lib/entities";
import { dateTime, relative } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Empty, Failed, Loading } from "@/ui/States";
import { Timeline } from "@/ui/Timeline";
import { DoneCheck } from "../DoneCheck";
import { useHere } from "../here";
import { Composer } from "../timeline/Composer";
import { type EntryType, useEntries } from "../timeline/useEntries";
import classes from "./Tabs.module.css";

/** Types of entries that there can be, as far as the user may read them. */
function useTypes(): (EntryType | "all")[] {
  const { entity } = useHere();
  const me = useMe();
  const reads = (name: string) => reaches(me, "read", name);
  const deals = ["person", "company"].includes(entity.name);
  const types: [EntryType | "all", boolean][] = [
    ["all", true],
    ["activity", reads("activity")],
    ["note", reads("note")],
    ["deal", deals && reads("deal")],
    ["person", entity.name === "company" && reads("person")],
    ["change", true],
  ];
  return types.filter(([, on]) => on).map(([type]) => type);
}

export function TimelineTab() {
  const { t } = useTranslation("record");
  const { record } = useHere();
  const me = useMe();
  const go = useNavigate();
  const types = useTypes();
  const asked = (useSearch({ strict: false }) as { type?: string }).type;
  const type = types.find((one) => one === asked) ?? "all";
  const found = useEntries(type);
  const choose = (one: string) =>
    void go({
      to: ".",
      search: { tab: "timeline", type: one === "all" ? undefined : one },
      state: true,
      replace: true,
    } as never);
  const empty = found.entries.length === 0 && found.planned.length === 0;
  return (
    <Stack gap="md">
      {reaches(me, "create", "note") && !record.deleted_at && <Composer />}
      <fieldset className={classes.types}>
        <legend className="visually-hidden">{t("timeline.filter")}</legend>
        {types.map((one) => (
          <button key={one} type="button" aria-pressed={one === type} onClick={() => choose(one)}>
            {t(`record:timeline.type.${one}`)}
          </button>
        ))}
      </fieldset>
      {found.error !== undefined && found.error !== null && (
        <Failed error={found.error} retry={() => void found.retry()} />
      )}
      {found.pending ? (
        <Loading />
      ) : (
        <div>
          {found.planned.length > 0 && <Planned rows={found.planned} />}
          <Timeline entries={found.entries} />
          {empty && !found.error && <Empty title={t("timeline.empty")}>{t("timeline.emptyText")}</Empty>}
        </div>
      )}
      {found.more && (
        <Button variant="default" loading={found.fetching} onClick={() => void found.more?.()}>
          {t("older")}
        </Button>
      )}
    </Stack>
  );
}

function Planned({ rows }: { rows: Row[] }) {
  const { t } = useTranslation("record");
  return (
    <section aria-labelledby="planned">
      <h2 id="planned" className={classes.sub}>
        {t("timeline.planned")}
      </h2>
      <ul className={classes.planned}>
        {rows.map((row) => (
          <PlannedRow key={row.id} row={row} />
        ))}
      </ul>
    </section>
  );
}

function PlannedRow({ row }: { row: Row }) {
  const { t } = useTranslation("record");
  const name = useNames();
  const activities = findEntity(useEntities(), "activity");
  const due = typeof row.fields.due === "string" ? row.fields.due : undefined;
  const late = due !== undefined && Date.parse(due) < Date.now();
  if (!activities) return null;
  const title = titleOf(activities, row.fields) || t("untitled");
  return (
    <li>
      <DoneCheck row={row} title={title} />
      <Link to={recordPath(activities.plural, row.id)} className={classes.grow}>
        {title}
      </Link>
      <span className={classes.dim}>{name(String(row.fields.assignee ?? row.owner))}</span>
      {due && (
        <time dateTime={due} title={due} className={late ? classes.late : classes.dim}>
          {late ? t("rail.late", { when: relative(due) }) : dateTime(due)}
        </time>
      )}
    </li>
  );
}

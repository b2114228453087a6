import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Loaded, loadAll } from "@/api/loadAll";
import type { Row } from "@/api/types";
import { addDays, dateFrom, dayOf, useToday } from "@/lib/days";
import { onlyFields, titleOf, useEntity, useMe } from "@/lib/entities";
import { dateOf, number, time, weekday } from "@/lib/format";
import { listPath, recordPath } from "@/lib/paths";
import { CHIP, dueOf, isOverdue } from "@/pages/activities/calendar";
import { DoneButton } from "@/pages/activities/DoneButton";
import { kindIcon } from "@/pages/activities/kinds";
import { useActivity } from "@/pages/activities/useActivity";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";
import classes from "../Home.module.css";

const MOST = 200;
const SHOWN = 6;

/** What I am to do: overdue, today, and in the next seven days. */
export function MyActivities() {
  const { t } = useTranslation("home");
  const me = useMe();
  const entity = useEntity("activity");
  const today = useToday();
  const until = dateFrom(addDays(today, 8)).toISOString();
  const query = {
    filter: [`assignee:in:${me.user.id}`, "done:eq:false", `due:lt:${until}`],
    sort: "-due",
    fields: onlyFields(me, entity, [entity.title, ...CHIP]),
    refs: true,
  };
  const key = ["list", entity.plural, "mine", query];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => loadAll(entity.plural, query, MOST, signal),
  });
  return (
    <Block
      title={t("activities.title")}
      all={{
        to: "/activities",
        search: { f: `assignee:in:${me.user.id}` },
        label: t("showAll"),
      }}
    >
      <Ready query={found} rows={4}>
        {(loaded) => <Groups loaded={loaded} queryKey={key} today={today} />}
      </Ready>
    </Block>
  );
}

function Groups({
  loaded,
  queryKey,
  today,
}: {
  loaded: Loaded;
  queryKey: readonly unknown[];
  today: string;
}) {
  const { t } = useTranslation("home");
  const me = useMe();
  const entity = useEntity("activity");
  const now = new Date();
  const dueAt = (row: Row) => new Date(dueOf(row) ?? 0);
  const dayIs = (row: Row, is: (day: string) => boolean) => is(dayOf(dueAt(row)));
  // What is just ticked stays where it is until it is gone.
  const overdue = loaded.items.filter((row) => dueAt(row) < now);
  const rest = loaded.items.filter((row) => dueAt(row) >= now).reverse();
  const groups = [
    { name: "overdue", rows: overdue, quick: "overdue" },
    { name: "today", rows: rest.filter((row) => dayIs(row, (day) => day <= today)), quick: "today" },
    { name: "soon", rows: rest.filter((row) => dayIs(row, (day) => day > today)), quick: "open" },
  ] as const;
  if (loaded.items.length === 0) return <Nothing>{t("activities.none")}</Nothing>;
  return (
    <>
      {groups.map(
        ({ name, rows, quick }) =>
          rows.length > 0 && (
            <div key={name}>
              <h3 className={name === "overdue" ? classes.groupLate : classes.group}>
                {t(`home:activities.${name}`)}{" "}
                <span>
                  {number(rows.length)}
                  {loaded.more && name === "overdue" && "+"}
                </span>
              </h3>
              <ul className={classes.rows}>
                {rows.slice(0, SHOWN).map((row) => (
                  <ActivityRow key={row.id} row={row} loaded={loaded} queryKey={queryKey} />
                ))}
              </ul>
              {rows.length > SHOWN && (
                <Link
                  to={listPath(entity.plural)}
                  search={{ quick, f: `assignee:in:${me.user.id}` } as never}
                  className={classes.more}
                >
                  {t("more", { count: rows.length - SHOWN })}
                </Link>
              )}
            </div>
          ),
      )}
    </>
  );
}

interface RowProps {
  row: Row;
  loaded: Loaded;
  queryKey: readonly unknown[];
}

function ActivityRow({ row, loaded, queryKey }: RowProps) {
  const { t } = useTranslation("activities");
  const entity = useEntity("activity");
  const { setDone } = useActivity(queryKey);
  const title = titleOf(entity, row.fields) || t("untitled");
  const due = dueOf(row);
  const about = row.parent ? loaded.refs?.[row.parent] : undefined;
  const Icon = kindIcon(row.fields.kind);
  const today = due !== undefined && dayOf(new Date(due)) === dayOf(new Date());
  return (
    <li className={classes.activity}>
      {loaded.access.writable.includes("done") && (
        <DoneButton
          title={title}
          done={row.fields.done === true}
          onChange={(done) => void setDone(row, title, done)}
        />
      )}
      <Icon size={16} stroke={1.6} aria-hidden className={classes.icon} />
      <span className={classes.texts}>
        <Link to={recordPath(entity.plural, row.id)} className={classes.title}>
          {title}
        </Link>
        {about && <span className={classes.about}>{about.title}</span>}
      </span>
      {due && (
        <time dateTime={due} title={due} className={classes.when}>
          {today
            ? time(due)
            : isOverdue(row, new Date())
              ? dateOf(due)
              : `${weekday(new Date(due))} ${time(due)}`}
        </time>
      )}
    </li>
  );
}

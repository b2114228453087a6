// Activities that were shared, by themselves or with what they hang on: what is to be done first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Entity, Refs, Row } from "@/api/types";
import { fieldOf } from "@/lib/entities";
import { pagesQuery } from "@/pages/record/queries";
import { More } from "@/pages/record/tabs/More";
import tabs from "@/pages/record/tabs/Tabs.module.css";
import { Page } from "@/ui/Page";
import { NotFound } from "@/ui/RouteStates";
import { Empty, Ready } from "@/ui/States";
import classes from "./Partner.module.css";
import { Task, useActivities } from "./Related";

const LIMIT = 50;

/** Only where activities were shared is there such a page. */
export default function Tasks() {
  const entity = useActivities();
  return entity ? <All entity={entity} /> : <NotFound />;
}

function All({ entity }: { entity: Entity }) {
  const { t } = useTranslation("partner");
  const sort = fieldOf(entity, "due") ? "-due" : "-created_at";
  const query = useInfiniteQuery(pagesQuery(entity.plural, { sort, limit: LIMIT }));
  return (
    <Page title={t("tasks")} tab={t("tasks")}>
      <Ready query={query}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          const refs: Refs = Object.assign({}, ...pages.map((page) => page.refs ?? {}));
          if (rows.length === 0) return <Empty title={t("noTasks.title")}>{t("noTasks.text")}</Empty>;
          const done = (row: Row) => row.fields.done === true;
          return (
            <div>
              <Part name="open" rows={rows.filter((row) => !done(row))} {...{ entity, refs }} />
              <Part name="done" rows={rows.filter(done)} {...{ entity, refs }} />
              <More label={t("more")} query={query} />
            </div>
          );
        }}
      </Ready>
    </Page>
  );
}

interface PartProps {
  name: "open" | "done";
  entity: Entity;
  rows: Row[];
  refs: Refs;
}

function Part({ name, entity, rows, refs }: PartProps) {
  const { t } = useTranslation("partner");
  if (rows.length === 0) return null;
  return (
    <section className={tabs.group} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>{t(`partner:part.${name}`)}</h2>
      <ul className={classes.related}>
        {rows.map((row) => (
          <li key={row.id}>
            <Task {...{ entity, row }} parent={row.parent ? refs[row.parent]?.title : undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}

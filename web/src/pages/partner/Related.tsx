// What hangs on a shared record: tasks and notes, as far as they were shared with it.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Entity, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, isMasked, titleOf, useEntities } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { kindIcon } from "@/pages/activities/kinds";
import { EntityIcon } from "@/pages/record/header/EntityIcon";
import { pagesQuery } from "@/pages/record/queries";
import { More } from "@/pages/record/tabs/More";
import tabs from "@/pages/record/tabs/Tabs.module.css";
import { NoteBody } from "@/pages/record/timeline/NoteBody";
import { MaskedText } from "@/ui/MaskedText";
import { choiceLabel } from "@/ui/valueText";
import classes from "./Partner.module.css";

const LIMIT = 50;

export function Related({ entity, id }: { entity: Entity; id: string }) {
  const entities = useEntities();
  const hanging = entities.filter((of) => of.parents.includes(entity.name));
  return hanging.map((of) => <Hanging key={of.name} of={of} id={id} />);
}

function Hanging({ of, id }: { of: Entity; id: string }) {
  const { t } = useTranslation("partner");
  const query = useInfiniteQuery(pagesQuery(of.plural, { parent: id, sort: "-created_at", limit: LIMIT }));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  // Nothing of it was shared, or there is none: that is no news.
  if (rows.length === 0) return null;
  return (
    <section className={tabs.group} aria-labelledby={`related-${of.name}`}>
      <h2 id={`related-${of.name}`}>{inWords(of.label_plural)}</h2>
      <ul className={classes.related}>
        {rows.map((row) => (
          <li key={row.id}>{of.name === "note" ? <Note row={row} /> : <Task entity={of} row={row} />}</li>
        ))}
      </ul>
      <More label={t("more")} query={query} />
    </section>
  );
}

function Note({ row }: { row: Row }) {
  return (
    <>
      <EntityIcon name="note" size={14} />
      <div className={classes.body}>
        <NoteBody row={row} />
      </div>
      <time className={classes.dim} dateTime={row.created_at} title={row.created_at}>
        {dateTime(row.created_at)}
      </time>
    </>
  );
}

/** A task or another activity: what, when, and whether it is done. */
export function Task({ entity, row, parent }: { entity: Entity; row: Row; parent?: string }) {
  const { t } = useTranslation("partner");
  const { kind, due, done } = row.fields;
  const Icon = kindIcon(kind);
  const title = row.fields[entity.title];
  const words = [
    typeof kind === "string" && choiceLabel(fieldOf(entity, "kind"), kind),
    typeof due === "string" && t("due", { at: dateTime(due) }),
    done === true && t("done"),
    done === false && t("open"),
    parent,
  ];
  return (
    <>
      <Icon size={14} aria-hidden />
      <span className={classes.body}>
        {isMasked(title) ? (
          <MaskedText display={title.display} />
        ) : (
          <Link to={recordPath(entity.plural, row.id)}>
            {titleOf(entity, row.fields) || t("record:untitled")}
          </Link>
        )}
      </span>
      <span className={classes.dim}>{words.filter(Boolean).join(" · ")}</span>
    </>
  );
}

export const useActivities = () => findEntity(useEntities(), "activity");

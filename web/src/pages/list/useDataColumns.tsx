// Columns of records as the table takes them: with their names and cells.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { colleaguesQuery } from "@/api/queries";
import type { Entity, Refs, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities, useTeamNames } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import type { DataColumn } from "@/ui/DataTable";
import { type CellContext, fieldCell, Moment, None, nextCell, reference } from "./cells";
import type { Beside, Column } from "./columns";
import classes from "./list.module.css";

export function useDataColumns(entity: Entity, shown: Column[], refs: Refs): DataColumn<Row>[] {
  const { t, i18n } = useTranslation("list");
  const entities = useEntities();
  const { data: colleagues } = useQuery(colleaguesQuery);
  const team = useTeamNames();
  const go = useNavigate();
  const lang = i18n.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names of teams hardly change; the language rules all words
  return useMemo(() => {
    const names = new Map((colleagues ?? []).map((c) => [c.id, c.name]));
    const context: CellContext = {
      refs,
      t,
      userName: (id) => names.get(id) ?? "",
      link: (name, id, title) => {
        const target = findEntity(entities, name);
        if (!target) return title;
        const path = recordPath(target.plural, id);
        return (
          <a
            className={classes.link}
            href={path}
            onClick={(event) => {
              if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              void go({ to: path });
            }}
          >
            {title || "…"}
          </a>
        );
      },
    };
    const activity = findEntity(entities, "activity");
    const beside = (id: Beside, row: Row) => {
      switch (id) {
        case "owner":
          return context.userName(row.owner) || t("common:unknownUser");
        case "team":
          return team(row.team);
        case "parent":
          return row.parent ? reference(row.parent, context) : <None />;
        case "next_activity":
          return nextCell(row.next_activity, activity, t);
        case "created_at":
          return <Moment value={row.created_at} days />;
        case "updated_at":
          return <Moment value={row.updated_at} days />;
      }
    };
    return shown.map(({ id, field, width, numeric, sort }) => ({
      id,
      width,
      numeric,
      sort,
      label: field ? inWords(field.label) : t(`beside.${id}`),
      isEmpty: (row: Row) => (field ? (row.fields[field.name] ?? "") === "" : id === "parent" && !row.parent),
      cell: (row: Row) => {
        if (!field) return beside(id as Beside, row);
        const value = row.fields[field.name];
        // The name is the link, whatever it lacks.
        if (id === entity.title && !value) return t("untitled");
        return fieldCell(field, value, context);
      },
    }));
  }, [entity, shown, refs, colleagues, entities, t, lang, go]);
}

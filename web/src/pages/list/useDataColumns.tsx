// Columns of records as the table takes them: with their names and cells.
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Refs, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities, useNames, useTeamNames } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import type { DataColumn } from "@/ui/DataTable";
import { type Around, Moment, None, reference } from "@/ui/valueText";
import { fieldCell, nextCell } from "./cells";
import type { Beside, Column } from "./columns";
import classes from "./list.module.css";

export function useDataColumns(entity: Entity, shown: Column[], refs: Refs): DataColumn<Row>[] {
  const { t, i18n } = useTranslation("list");
  const entities = useEntities();
  const userName = useNames();
  const team = useTeamNames();
  const go = useNavigate();
  const lang = i18n.language;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language rules all words
  return useMemo(() => {
    const context: Around = {
      refs,
      t,
      userName,
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
          return userName(row.owner) || t("common:unknownUser");
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
  }, [entity, shown, refs, userName, team, entities, t, lang, go]);
}

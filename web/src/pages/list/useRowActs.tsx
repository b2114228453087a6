// What single keys do to the row that J and K went to, where none is ticked.
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { changed } from "@/api/queries";
import type { Entity, Row } from "@/api/types";
import { mayAt, useEntities, useMe } from "@/lib/entities";
import { openQuickAdd } from "@/lib/overlay";
import { failed } from "@/lib/undo";
import { editOnArrival } from "@/pages/record/arrival";
import { carries } from "@/pages/record/here";
import { BulkBarChange } from "@/ui/BulkBarChange";
import { type BulkDeed, startBulk } from "@/ui/BulkBarJobs";
import type { RowAct } from "@/ui/DataTableKeys";
import { useShowRecord } from "./useOpenRecord";
import type { Rows } from "./useRows";

/** The acts, and the dialog that one of them may have opened. */
export function useRowActs(
  entity: Entity,
  list: Rows,
  nameOf: (row: Row) => string,
): { acts: RowAct<Row>[]; dialog: ReactNode } {
  const { t } = useTranslation("list");
  const me = useMe();
  const client = useQueryClient();
  const entities = useEntities();
  const show = useShowRecord(entity.plural, list.rows);
  const [asked, setAsked] = useState<{ row: Row; what: "owner" | "field" } | null>(null);
  const writable = list.access?.writable ?? [];
  const mayUpdate = mayAt(me, "update", entity.name);
  const edit = (row: Row) => {
    editOnArrival(row.id);
    show(row.id, { tab: "details" });
  };
  const add = (row: Row) =>
    openQuickAdd({
      entity: "activity",
      parent: { entity: entity.name, id: row.id, title: nameOf(row) },
      onMade: () => {
        changed(client, "activities");
        changed(client, entity.plural);
      },
    });
  const acts: (RowAct<Row> | false)[] = [
    mayUpdate && writable.length > 0 && { keys: "e", label: t("keys.edit"), run: edit },
    mayUpdate && { keys: "a", label: t("bulk.owner"), run: (row) => setAsked({ row, what: "owner" }) },
    carries(entity, entities) &&
      mayAt(me, "create", "activity") && { keys: "t", label: t("keys.activity"), run: add },
    entity.name === "deal" &&
      mayUpdate &&
      writable.includes("stage") && {
        keys: "m",
        label: t("keys.stage"),
        run: (row) => setAsked({ row, what: "field" }),
      },
  ];
  const close = () => setAsked(null);
  const run = async (deed: BulkDeed) => {
    if (!asked) return;
    try {
      await startBulk(client, entity, { ids: [asked.row.id] }, deed);
      close();
    } catch (error) {
      failed(error);
    }
  };
  const dialog = asked && (
    <BulkBarChange
      entity={entity}
      writable={writable}
      what={asked.what}
      preset={asked.what === "field" ? { name: "stage", value: asked.row.fields.stage ?? null } : undefined}
      count={1}
      number="1"
      onRun={run}
      onClose={close}
    />
  );
  return { acts: acts.filter((act) => act !== false), dialog };
}

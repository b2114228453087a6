// What single keys do to the row that J and K went to, where none is ticked.
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Row } from "@/api/types";
import { reaches, useEntities, useMe } from "@/lib/entities";
import { openQuickAdd } from "@/lib/overlay";
import { editOnArrival } from "@/pages/record/arrival";
import { carries } from "@/pages/record/here";
import type { RowAct } from "@/ui/DataTableKeys";
import { useShowRecord } from "./useOpenRecord";
import type { Rows } from "./useRows";

const RowDialog = lazy(() => import("./RowDialog"));

/** The acts, and the dialog that one of them may have opened. */
export function useRowActs(
  entity: Entity,
  list: Rows,
  nameOf: (row: Row) => string,
): { acts: RowAct<Row>[]; dialog: ReactNode } {
  const { t } = useTranslation("list");
  const me = useMe();
  const entities = useEntities();
  const show = useShowRecord(entity.plural, list.rows);
  const [asked, setAsked] = useState<{ row: Row; what: "owner" | "stage" } | null>(null);
  const writable = list.access?.writable ?? [];
  const mayUpdate = reaches(me, "update", entity.name);
  const edit = (row: Row) => {
    editOnArrival(row.id);
    show(row.id, { tab: "details" });
  };
  const add = (row: Row) =>
    openQuickAdd({
      entity: "activity",
      parent: { entity: entity.name, id: row.id, title: nameOf(row) },
    });
  const acts: (RowAct<Row> | false)[] = [
    mayUpdate && writable.length > 0 && { keys: "e", label: t("keys.edit"), run: edit },
    mayUpdate && { keys: "a", label: t("bulk.owner"), run: (row) => setAsked({ row, what: "owner" }) },
    carries(entity, entities) &&
      reaches(me, "create", "activity") && { keys: "t", label: t("keys.activity"), run: add },
    entity.name === "deal" &&
      mayUpdate &&
      writable.includes("stage") && {
        keys: "m",
        label: t("keys.stage"),
        run: (row) => setAsked({ row, what: "stage" }),
      },
  ];
  const dialog = asked && (
    <Suspense fallback={null}>
      <RowDialog
        {...asked}
        entity={entity}
        title={nameOf(asked.row)}
        writable={writable}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  );
  return { acts: acts.filter((act) => act !== false), dialog };
}

// Records of one entity as a table, with what is filtered, sorted, shown and done to many. A page of its own,
// or, embedded, a part of another.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { viewsQuery } from "@/api/queries";
import type { Entity, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { mayAt, titleOf, useMe, usePreferences } from "@/lib/entities";
import { useShortcuts } from "@/lib/keys";
import { recordPath } from "@/lib/paths";
import { BulkBar } from "@/ui/BulkBar";
import { DataTable } from "@/ui/DataTable";
import { NONE, type Selection } from "@/ui/DataTableSelection";
import { ExportDialog } from "@/ui/ExportDialog";
import { Page } from "@/ui/Page";
import { Failed, Loading } from "@/ui/States";
import { useSettingsColumns } from "./chosenColumns";
import { allColumns, shownColumns } from "./columns";
import { ListActions, ListBar } from "./ListBar";
import { ListCount } from "./ListCount";
import classes from "./list.module.css";
import { NothingHere } from "./NothingHere";
import { useDataColumns } from "./useDataColumns";
import { useListState } from "./useListState";
import { useOpenRecord } from "./useOpenRecord";
import { listParams, useRows } from "./useRows";

export interface EntityTableProps {
  entity: Entity;
  /** Conditions that always hold, as the API has them, and are not shown: `done:eq:false`. */
  fixedFilters?: string[];
  /** Inside another page: without a heading of its own. */
  embedded?: boolean;
}

const NO_FILTERS: string[] = [];

export function EntityTable({ entity, fixedFilters = NO_FILTERS, embedded }: EntityTableProps) {
  const { t } = useTranslation("list");
  const me = useMe();
  const views = useQuery(viewsQuery(entity.name));
  const state = useListState(entity, views.data ?? []);
  const { columns: chosen } = usePreferences();
  const { q, conditions, sort } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: conditions are new objects at each drawing
  const params = useMemo(
    () => listParams(entity, { q, conditions, sort }, fixedFilters),
    [entity, q, JSON.stringify(conditions), sort, fixedFilters.join()],
  );
  // Which view stands first is known once the views are; without a word of them all is shown.
  const list = useRows(entity, params, !views.isPending);
  const [selection, setSelection] = useState<Selection>(NONE);
  const [exporting, setExporting] = useState<"list" | "chosen" | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has other rows to choose from
  useEffect(() => setSelection(NONE), [params]);

  const all = useMemo(() => allColumns(entity, list.access), [entity, list.access]);
  const shown = useMemo(() => shownColumns(all, entity, chosen?.[entity.name]), [all, entity, chosen]);
  const columns = useDataColumns(entity, shown, list.refs);
  const setColumns = useSettingsColumns(entity.name);
  const nameOf = useCallback((row: Row) => titleOf(entity, row.fields) || t("untitled"), [entity, t]);
  const href = useCallback((row: Row) => recordPath(entity.plural, row.id), [entity]);
  const open = useOpenRecord(entity.plural, list.rows);
  const mayExport = mayAt(me, "export", entity.name);
  const mayTick = mayExport || mayAt(me, "update", entity.name) || mayAt(me, "delete", entity.name);
  useShortcuts([
    {
      keys: "mod+a",
      label: t("keys.all"),
      group: t("keys.group"),
      run: () => {
        if (!mayTick || document.querySelector("[aria-modal='true']")) return;
        const every = !selection.all && list.rows.every((row) => selection.ids.has(row.id));
        setSelection({ all: every, ids: new Set(list.rows.map((row) => row.id)) });
      },
    },
    {
      keys: "escape",
      label: t("bulk.none"),
      group: t("keys.group"),
      run: ({ target }) => {
        // What lies over the page closes first.
        if (!(target instanceof Element && target.closest("[data-portal]"))) setSelection(NONE);
      },
    },
  ]);

  // The bar goes with what it was pressed on: the focus returns to the row last used.
  const choose = (next: Selection) => {
    setSelection(next);
    if (next !== NONE) return;
    window.setTimeout(() => {
      const nowhere = document.activeElement === null || document.activeElement === document.body;
      if (nowhere)
        document.querySelector<HTMLElement>("[data-active] [data-focus]")?.focus({ preventScroll: true });
    }, 50);
  };

  const title = inWords(entity.label_plural);
  const bare = !q.trim() && conditions.length === 0;
  const body = (
    <div className={classes.list}>
      <ListBar
        entity={entity}
        state={state}
        views={views.data ?? []}
        list={list}
        all={all}
        shown={shown}
        onColumns={setColumns}
        embedded={embedded}
        onExport={embedded && mayExport ? () => setExporting("list") : undefined}
      />
      {list.error && list.rows.length === 0 ? (
        <Failed error={list.error} retry={list.retry} />
      ) : list.isPending ? (
        <Loading rows={12} />
      ) : list.rows.length === 0 ? (
        <NothingHere entity={entity} bare={bare} onClear={state.clear} />
      ) : (
        <DataTable
          label={title}
          columns={columns}
          rows={list.rows}
          total={list.count}
          href={href}
          onOpen={open}
          nameOf={nameOf}
          sort={sort}
          onSort={(next) => state.change({ sort: next })}
          selection={selection}
          onSelect={mayTick ? setSelection : undefined}
          hasMore={list.hasMore}
          loadingMore={list.loadingMore}
          failedMore={list.failedMore}
          onMore={list.more}
          old={list.isOld}
        />
      )}
      <BulkBar
        entity={entity}
        access={list.access}
        selection={selection}
        onSelect={choose}
        loaded={list.rows.length}
        total={list.count}
        params={params}
        onExport={mayExport ? () => setExporting("chosen") : undefined}
      />
      {exporting && (
        <ExportDialog
          entity={entity}
          ids={exporting === "chosen" && !selection.all ? [...selection.ids] : undefined}
          total={list.count}
          params={params}
          columns={shown.flatMap((column) => (column.field ? [column.id] : []))}
          onClose={() => setExporting(null)}
        />
      )}
    </div>
  );
  if (embedded) return body;
  return (
    <Page
      full
      tab={title}
      title={
        <>
          {title} <ListCount count={list.count} />
        </>
      }
      actions={<ListActions entity={entity} onExport={mayExport ? () => setExporting("list") : undefined} />}
    >
      {body}
    </Page>
  );
}

// The rows of a list and what is done to those chosen. Apart from what stands above it, so that a tick redraws
// the rows alone.
import { Suspense, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { reaches, titleOf, useMe } from "@/lib/entities";
import { useShortcuts } from "@/lib/keys";
import { recordPath } from "@/lib/paths";
import type { Select } from "@/ui/BulkBarJobs";
import { DataTable } from "@/ui/DataTable";
import { NONE, type Selection } from "@/ui/DataTableSelection";
import { Failed, Loading } from "@/ui/States";
import type { Column } from "./columns";
import { NothingHere } from "./NothingHere";
import { BulkBar, ShareMany } from "./parts";
import { useDataColumns } from "./useDataColumns";
import { useOpenRecord } from "./useOpenRecord";
import { useRowActs } from "./useRowActs";
import type { ListParams, Rows } from "./useRows";

interface Props {
  entity: Entity;
  list: Rows;
  params: ListParams;
  shown: Column[];
  sort: string;
  onSort: (sort: string) => void;
  /** Nothing narrows the list. */
  bare: boolean;
  /** Absent if the user has set no conditions. */
  onClear?: () => void;
  /** Exports these records, or the whole list; absent without the right. */
  onExport?: (ids?: string[]) => void;
}

export function ListBody({ entity, list, params, shown, sort, onSort, bare, onClear, onExport }: Props) {
  const { t } = useTranslation("list");
  const { selection, setSelection, choose, mayTick } = useChoice(entity, list, params);
  const columns = useDataColumns(entity, shown, list.refs);
  const nameOf = useCallback((row: Row) => titleOf(entity, row.fields) || t("untitled"), [entity, t]);
  const href = useCallback((row: Row) => recordPath(entity.plural, row.id), [entity]);
  const open = useOpenRecord(entity.plural, list.rows);

  const me = useMe();
  const [sharing, setSharing] = useState<{ select: Select; count: number } | null>(null);
  const share = (select: Select, count: number) => setSharing({ select, count });
  const { acts, dialog } = useRowActs(entity, list, nameOf);

  if (list.error && list.rows.length === 0) return <Failed error={list.error} retry={list.retry} />;
  if (list.isPending) return <Loading rows={12} />;
  if (list.rows.length === 0) return <NothingHere entity={entity} bare={bare} onClear={onClear} />;
  return (
    <>
      <DataTable
        label={inWords(entity.label_plural)}
        columns={columns}
        rows={list.rows}
        listKey={JSON.stringify(params)}
        total={list.count}
        href={href}
        onOpen={open}
        nameOf={nameOf}
        sort={sort}
        onSort={onSort}
        selection={selection}
        onSelect={mayTick ? setSelection : undefined}
        acts={acts}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        failedMore={list.failedMore}
        onMore={list.more}
        old={list.isOld}
      />
      {(selection.all || selection.ids.size > 0) && (
        <Suspense>
          <BulkBar
            entity={entity}
            access={list.access}
            selection={selection}
            onSelect={choose}
            loaded={list.rows.length}
            total={list.count}
            params={params}
            onShare={reaches(me, "share", entity.name) ? share : undefined}
            onExport={onExport && (() => onExport(selection.all ? undefined : [...selection.ids]))}
          />
        </Suspense>
      )}
      {sharing && (
        <Suspense>
          <ShareMany
            entity={entity}
            access={list.access}
            {...sharing}
            ids={[...selection.ids]}
            onDone={() => {
              setSharing(null);
              choose(NONE);
            }}
            onClose={() => setSharing(null)}
          />
        </Suspense>
      )}
      {dialog}
    </>
  );
}

/** Which rows are chosen; another list has other rows to choose from. */
function useChoice(entity: Entity, list: Rows, params: ListParams) {
  const { t } = useTranslation("list");
  const me = useMe();
  const [selection, setSelection] = useState<Selection>(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: begun anew with the list
  useEffect(() => setSelection(NONE), [params]);
  const mayTick = (["export", "update", "delete", "share"] as const).some((action) =>
    reaches(me, action, entity.name),
  );
  const all = () => {
    if (document.querySelector("[aria-modal='true']")) return;
    const every = !selection.all && list.rows.every((row) => selection.ids.has(row.id));
    setSelection({ all: every, ids: new Set(list.rows.map((row) => row.id)) });
  };
  const none = ({ target }: KeyboardEvent) => {
    // What lies over the page closes first.
    if (!(target instanceof Element && target.closest("[data-portal]"))) setSelection(NONE);
  };
  const group = t("keys.group");
  useShortcuts(
    mayTick
      ? [
          { keys: "mod+a", label: t("keys.all"), group, run: all },
          { keys: "escape", label: t("bulk.none"), group, run: none },
        ]
      : [],
  );
  // The bar goes with what it was pressed on: the focus returns to the row last used.
  const choose = (next: Selection) => {
    setSelection(next);
    if (next !== NONE) return;
    window.setTimeout(() => {
      const nowhere = document.activeElement === null || document.activeElement === document.body;
      const row = document.querySelector<HTMLElement>("[data-active] [data-focus]");
      if (nowhere) row?.focus({ preventScroll: true });
    }, 50);
  };
  return { selection, setSelection, choose, mayTick };
}

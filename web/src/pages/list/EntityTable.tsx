// Records of one entity as a table, with what is filtered, sorted, shown and done to many. A page of its own,
// or, embedded, a part of another.
import { useQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useMemo, useState } from "react";
import { viewsQuery } from "@/api/queries";
import type { Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { useToday } from "@/lib/days";
import { mayAt, reaches, useMe, usePreferences } from "@/lib/entities";
import { useSoon } from "@/lib/later";
import { Page } from "@/ui/Page";
import { Ready } from "@/ui/States";
import { useSettingsColumns } from "./chosenColumns";
import { allColumns, askedOf, shownColumns } from "./columns";
import { ListActions, ListBar } from "./ListBar";
import { ListBody } from "./ListBody";
import { ListCount } from "./ListCount";
import classes from "./list.module.css";
import { ViewGone } from "./NothingHere";
import { ExportDialog, PARTS } from "./parts";
import { ALL, useListState } from "./useListState";
import { listParams, useKeepLength, useRows } from "./useRows";

export interface EntityTableProps {
  entity: Entity;
  /** Conditions that always hold, as the API has them, and are not shown: `done:eq:false`. */
  fixedFilters?: string[];
  /** The order until the user chooses one. */
  defaultSort?: string;
  /** Inside another page: without a heading of its own. */
  embedded?: boolean;
}

const NO_FILTERS: string[] = [];

export function EntityTable({
  entity,
  fixedFilters = NO_FILTERS,
  defaultSort = "",
  embedded,
}: EntityTableProps) {
  useSoon(PARTS);
  const me = useMe();
  const views = useQuery(viewsQuery(entity.name));
  const state = useListState(entity, views.data ?? []);
  const { columns: chosen } = usePreferences();
  const nexts = mayAt(me, "read", "activity");
  const { q, conditions } = state;
  // What is searched for comes with the best match first.
  const sort = state.sort || (q.trim() ? "" : defaultSort);
  const today = useToday();
  // biome-ignore lint/correctness/useExhaustiveDependencies: conditions are new objects at each drawing; some speak of today
  const params = useMemo(
    () => listParams(entity, { q, conditions, sort }, fixedFilters),
    [entity, q, JSON.stringify(conditions), sort, fixedFilters.join(), today],
  );
  // Before the first answer only oneself says what is hidden.
  const askedFor = useCallback(
    (ids?: string[]) => {
      const access = { hidden: me.hidden[entity.name] ?? [], masked: [], writable: [] };
      const columns = shownColumns(allColumns(entity, access, nexts), entity, ids);
      return askedOf(me, entity, columns, conditions);
    },
    [me, entity, nexts, conditions],
  );
  const asked = useMemo(() => askedFor(chosen?.[entity.name]), [askedFor, chosen, entity]);
  // A view that is asked for is waited for: without it the list would be another one. Otherwise rows are fetched beside
  // the views, and shown once it is known that none of them is the default.
  const rows = useRows(entity, params, asked, !state.unknown);
  const list = { ...rows, isPending: rows.isPending || views.isPending };
  const [exporting, setExporting] = useState<{ ids?: string[] } | null>(null);
  const all = useMemo(() => allColumns(entity, list.access, nexts), [entity, list.access, nexts]);
  const shown = useMemo(() => shownColumns(all, entity, chosen?.[entity.name]), [all, entity, chosen]);
  const setColumns = useSettingsColumns(entity.name);
  const keepLength = useKeepLength(entity, params, asked);
  const onColumns = (ids: string[]) => {
    keepLength(askedFor(ids));
    setColumns(ids);
  };

  const bare = !q.trim() && conditions.length === 0;
  const title = inWords(entity.label_plural);
  const onExport = reaches(me, "export", entity.name) ? (ids?: string[]) => setExporting({ ids }) : undefined;
  const exportAll = onExport && (() => onExport());
  const body = (
    <div className={classes.list}>
      <ListBar
        entity={entity}
        state={state}
        views={views.data ?? []}
        list={list}
        all={all}
        shown={shown}
        onColumns={onColumns}
        embedded={embedded}
        onExport={embedded ? exportAll : undefined}
      />
      {state.unknown && !views.isPending ? (
        <Ready query={views}>{() => <ViewGone onAll={() => state.show(ALL)} />}</Ready>
      ) : (
        <ListBody
          entity={entity}
          list={list}
          params={params}
          shown={shown}
          sort={sort}
          onSort={(next) => state.change({ sort: next })}
          bare={bare && fixedFilters.length === 0}
          onClear={bare ? undefined : state.clear}
          onExport={onExport}
        />
      )}
      {exporting && (
        <Suspense>
          <ExportDialog
            entity={entity}
            ids={exporting.ids}
            total={list.count}
            params={params}
            columns={shown.flatMap((column) => (column.field ? [column.id] : []))}
            onClose={() => setExporting(null)}
          />
        </Suspense>
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
      actions={<ListActions entity={entity} onExport={exportAll} />}
    >
      {body}
    </Page>
  );
}

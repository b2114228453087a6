// What lies in the bin, one entity at a time. Nothing leaves it by itself: it is restored here, or erased for good
// from the record, which is another act with its own right.
import { Button, Tabs, Text } from "@mantine/core";
import { IconArrowBackUp, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { changed } from "@/api/queries";
import type { Entity, RecordView, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { mayAt, titleOf, useEntities, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { done, failed } from "@/lib/undo";
import { allColumns, askedOf, shownColumns } from "@/pages/list/columns";
import { ListCount } from "@/pages/list/ListCount";
import { useDataColumns } from "@/pages/list/useDataColumns";
import { useOpenRecord } from "@/pages/list/useOpenRecord";
import { useRows } from "@/pages/list/useRows";
import { startBulk } from "@/ui/BulkBarJobs";
import { type DataColumn, DataTable } from "@/ui/DataTable";
import { choosesPage, NONE, type Selection } from "@/ui/DataTableSelection";
import { Page } from "@/ui/Page";
import { passFocus } from "@/ui/passFocus";
import { Empty, Failed, Loading, NoAccess } from "@/ui/States";
import { TabRow } from "@/ui/TabRow";
import classes from "./Bin.module.css";

const ORDER = ["company", "person", "lead", "deal", "activity", "note"];

export default function Bin() {
  const { t } = useTranslation("bin");
  const me = useMe();
  const go = useNavigate();
  const { e } = useSearch({ strict: false }) as { e?: string };
  const entities = useEntities();
  const readable = entities
    .filter((entity) => mayAt(me, "read", entity.name))
    .sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
  const entity = readable.find((one) => one.plural === e) ?? readable[0];
  if (!entity)
    return (
      <Page title={t("title")} tab={t("title")}>
        <NoAccess missing={{ action: "read" }} />
      </Page>
    );
  const lead = (
    <Text size="sm" c="dimmed" maw={720}>
      {t("lead")}
    </Text>
  );
  return (
    <Page title={t("title")} tab={t("title")} lead={lead} full>
      <Tabs
        value={entity.plural}
        onChange={(plural) =>
          void go({ to: ".", search: { e: plural ?? undefined } as never, replace: true })
        }
        keepMounted={false}
        className={classes.tabs}
        classNames={{ panel: classes.panel }}
      >
        <TabRow open={entity.plural} label={t("kinds")}>
          {readable.map((one) => (
            <Tabs.Tab key={one.plural} value={one.plural}>
              {inWords(one.label_plural)}
            </Tabs.Tab>
          ))}
        </TabRow>
        {readable.map((one) => (
          <Tabs.Panel key={one.plural} value={one.plural}>
            {one === entity && <BinTable key={one.plural} entity={one} />}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

const PARAMS = { q: undefined, filter: [], sort: undefined, binned: true };

/** Restores one record at once; taking that back puts it into the bin again. */
function useRestore(entity: Entity) {
  const { t } = useTranslation("bin");
  const client = useQueryClient();
  return useCallback(
    async (row: Row, name: string) => {
      try {
        const path = `/${entity.plural}/${row.id}`;
        const back = await request<RecordView>("POST", `${path}/restore`, { version: row.version });
        changed(client, entity.plural, row.id);
        done(t("restored", { name }), async () => {
          await request("DELETE", path, { version: back.version });
          changed(client, entity.plural, row.id);
        });
      } catch (error) {
        failed(error);
      }
    },
    [client, entity, t],
  );
}

function BinTable({ entity }: { entity: Entity }) {
  const { t } = useTranslation("bin");
  const me = useMe();
  const list = useRows(
    entity,
    PARAMS,
    useMemo(() => askedOf(me, entity, []), [me, entity]),
  );
  const [selection, setSelection] = useState<Selection>(NONE);
  const restore = useRestore(entity);
  const mayRestore = mayAt(me, "delete", entity.name);
  const label = t("of", { what: inWords(entity.label_plural) });
  const nameOf = useCallback((row: Row) => titleOf(entity, row.fields) || t("list:untitled"), [entity, t]);
  const href = useCallback((row: Row) => recordPath(entity.plural, row.id), [entity]);
  const open = useOpenRecord(entity.plural, list.rows);
  const shown = useMemo(
    () => shownColumns(allColumns(entity, list.access, false), entity, SHOWN),
    [entity, list.access],
  );
  const known = useDataColumns(entity, shown, list.refs);
  const columns = useMemo((): DataColumn<Row>[] => {
    if (!mayRestore) return known;
    const cell = (row: Row) => (
      <button
        type="button"
        className={classes.restore}
        onClick={(event) => {
          passFocus(event.currentTarget);
          setSelection(({ ids, ...rest }) => ({
            ...rest,
            ids: new Set([...ids].filter((id) => id !== row.id)),
          }));
          void restore(row, nameOf(row));
        }}
      >
        <IconArrowBackUp size={14} aria-hidden /> {t("restore")}
        <span className="visually-hidden">: {nameOf(row)}</span>
      </button>
    );
    return [...known, { id: "restore", label: t("act"), width: 130, cell }];
  }, [known, mayRestore, restore, nameOf, t]);

  if (list.error && list.rows.length === 0) return <Failed error={list.error} retry={list.retry} />;
  if (list.isPending) return <Loading rows={8} />;
  if (list.rows.length === 0)
    return (
      <Empty icon={<IconTrash size={32} stroke={1.5} aria-hidden />} title={t("empty")}>
        {t("emptyText")}
      </Empty>
    );
  return (
    <div className={classes.list}>
      <div className={classes.bar}>
        <ListCount count={list.count} />
        <RestoreMany
          entity={entity}
          selection={selection}
          total={list.count}
          onDone={() => setSelection(NONE)}
        />
        {choosesPage(selection, list.rows.length) && list.hasMore && (
          <Button size="compact-sm" variant="light" onClick={() => setSelection({ ...selection, all: true })}>
            {t("all")}
          </Button>
        )}
      </div>
      <DataTable
        label={label}
        columns={columns}
        rows={list.rows}
        total={list.count}
        href={href}
        onOpen={open}
        nameOf={nameOf}
        selection={selection}
        onSelect={mayRestore ? setSelection : undefined}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        failedMore={list.failedMore}
        onMore={list.more}
      />
    </div>
  );
}

const SHOWN = ["owner", "team", "updated_at"];

interface ManyProps {
  entity: Entity;
  selection: Selection;
  total?: number;
  onDone: () => void;
}

function RestoreMany({ entity, selection, total = 0, onDone }: ManyProps) {
  const { t } = useTranslation("bin");
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const count = selection.all ? total : selection.ids.size;
  if (count === 0) return null;
  const run = async () => {
    setBusy(true);
    try {
      const select = selection.all ? { binned: true } : { ids: [...selection.ids] };
      await startBulk(client, entity, select, { action: "restore" });
      onDone();
    } catch (error) {
      failed(error);
    }
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      leftSection={<IconArrowBackUp size={14} aria-hidden />}
      loading={busy}
      onClick={(event) => {
        passFocus(event.currentTarget);
        void run();
      }}
    >
      {t("restoreMany", { count, number: number(count) })}
    </Button>
  );
}

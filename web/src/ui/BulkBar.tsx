// What can be done with the rows that are chosen.
import { ActionIcon, Button } from "@mantine/core";
import { IconDownload, IconPencil, IconShare, IconTrash, IconUserShare, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Access, Entity } from "@/api/types";
import { reaches, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { useShortcuts } from "@/lib/keys";
import { failed } from "@/lib/undo";
import classes from "./BulkBar.module.css";
import { BulkBarChange } from "./BulkBarChange";
import { type BulkDeed, bulkAct, type Select, startBulk } from "./BulkBarJobs";
import { choosesPage, NONE, type Selection } from "./DataTableSelection";
import { LOOK, look } from "./secondPerson";

interface Props {
  entity: Entity;
  access?: Access;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  /** Rows loaded, and all that fit the conditions. */
  loaded: number;
  total?: number;
  /** The list's own conditions, for "all". */
  params: { q?: string; filter: string[] };
  onExport?: () => void;
  /** Absent where nothing can be shared. */
  onShare?: (select: Select, count: number) => void;
}

const MAX = 10_000;

export function BulkBar(props: Props) {
  const { entity, access, selection, onSelect, loaded, total, params, onExport, onShare } = props;
  const { t } = useTranslation("list");
  const me = useMe();
  const client = useQueryClient();
  const [changing, setChanging] = useState<"owner" | "field" | null>(null);
  const count = selection.all ? (total ?? loaded) : selection.ids.size;
  const mayUpdate = reaches(me, "update", entity.name);
  const mayAssign = count > 0 && mayUpdate;
  const assign = {
    keys: "a",
    label: t("bulk.owner"),
    group: t("keys.group"),
    run: () => setChanging("owner"),
  };
  useShortcuts(mayAssign ? [assign] : []);
  if (count === 0) return null;
  const text = total !== undefined && total >= MAX && selection.all ? t("countMax") : number(count);
  const select: Select = selection.all ? { q: params.q, filter: params.filter } : { ids: [...selection.ids] };
  const start = async (deed: BulkDeed) => {
    await startBulk(client, entity, select, deed);
    onSelect(NONE);
    setChanging(null);
  };
  const run = async (deed: BulkDeed) => {
    if (count > LOOK) {
      const danger = "action" in deed;
      const button = danger ? t("bulk.delete") : t("bulk.run", { count, number: text });
      return look(client, { act: bulkAct(entity, select, deed), button, danger, run: () => start(deed) });
    }
    try {
      await start(deed);
    } catch (error) {
      failed(error);
    }
  };
  const remove = () => void run({ action: "delete" });
  return (
    <section className={classes.bar} aria-label={t("bulk.title")}>
      <span className={classes.count} role="status">
        {t("bulk.selected", { count, number: text })}
      </span>
      {choosesPage(selection, loaded) && total !== undefined && total > loaded && (
        <Button size="compact-sm" variant="light" onClick={() => onSelect({ all: true, ids: selection.ids })}>
          {t("bulk.all", { number: total >= MAX ? t("countMax") : number(total) })}
        </Button>
      )}
      {mayUpdate && (
        <>
          <Act icon={<IconUserShare size={16} aria-hidden />} onClick={() => setChanging("owner")}>
            {t("bulk.owner")}
          </Act>
          {access && access.writable.length > 0 && (
            <Act icon={<IconPencil size={16} aria-hidden />} onClick={() => setChanging("field")}>
              {t("bulk.field")}
            </Act>
          )}
        </>
      )}
      {onShare && (
        <Act icon={<IconShare size={16} aria-hidden />} onClick={() => onShare(select, count)}>
          {t("bulk.share")}
        </Act>
      )}
      {onExport && (
        <Act icon={<IconDownload size={16} aria-hidden />} onClick={onExport}>
          {t("export.button")}
        </Act>
      )}
      {reaches(me, "delete", entity.name) && (
        <Act icon={<IconTrash size={16} aria-hidden />} onClick={remove}>
          {t("bulk.delete")}
        </Act>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        className={classes.close}
        aria-label={t("bulk.none")}
        onClick={() => onSelect(NONE)}
      >
        <IconX size={16} />
      </ActionIcon>
      {changing && (
        <BulkBarChange
          entity={entity}
          writable={access?.writable ?? []}
          what={changing}
          count={count}
          number={text}
          onRun={run}
          onClose={() => setChanging(null)}
        />
      )}
    </section>
  );
}

function Act(props: { icon: React.ReactNode; onClick: () => void; children: React.ReactNode }) {
  return (
    <Button size="compact-sm" variant="default" leftSection={props.icon} onClick={props.onClick}>
      {props.children}
    </Button>
  );
}

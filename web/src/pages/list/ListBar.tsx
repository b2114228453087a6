// What stands above a table: view, search, conditions, columns; and beside the heading what adds, imports and exports.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconDownload, IconFileImport, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Entity, SavedView } from "@/api/types";
import { inWords } from "@/i18n";
import { mayAt, reaches, useMe } from "@/lib/entities";
import { openQuickAdd } from "@/lib/overlay";
import { ColumnsMenu } from "@/ui/ColumnsMenu";
import { FilterBar } from "@/ui/FilterBar";
import type { Column } from "./columns";
import { ListCount } from "./ListCount";
import classes from "./list.module.css";
import { SavedViews } from "./SavedViews";
import { SearchBox } from "./SearchBox";
import type { ListState } from "./useListState";
import type { Rows } from "./useRows";

interface Props {
  entity: Entity;
  state: ListState;
  views: SavedView[];
  list: Rows;
  all: Column[];
  shown: Column[];
  onColumns: (ids: string[]) => void;
  embedded?: boolean;
  onExport?: () => void;
}

export function ListBar({ entity, state, views, list, all, shown, onColumns, embedded, onExport }: Props) {
  const { t } = useTranslation("list");
  const withheld = new Set([...(list.access?.hidden ?? []), ...(list.access?.masked ?? [])]);
  const named = all.map((c) => ({ id: c.id, label: c.field ? inWords(c.field.label) : t(`beside.${c.id}`) }));
  return (
    <div className={classes.bars}>
      <div className={classes.bar}>
        <SavedViews entity={entity} views={views} state={state} />
        <SearchBox
          value={state.q}
          label={t("search", { what: inWords(entity.label_plural) })}
          onChange={(q) => state.change({ q }, true)}
        />
        {embedded && <ListCount count={list.count} />}
        <div className={classes.right}>
          {onExport && <ExportButton onExport={onExport} />}
          <ColumnsMenu
            all={named}
            shown={shown.map((c) => c.id)}
            onChange={onColumns}
            onReset={() => onColumns([])}
          />
        </div>
      </div>
      <FilterBar
        entity={entity}
        conditions={state.conditions}
        onChange={(conditions) => state.change({ conditions })}
        onClear={state.clear}
        withheld={withheld}
        refs={list.isPending ? undefined : list.refs}
      />
    </div>
  );
}

function ExportButton({ onExport }: { onExport: () => void }) {
  const { t } = useTranslation("list");
  return (
    <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={onExport}>
      {t("export.button")}
    </Button>
  );
}

const IMPORTED = ["company", "person", "lead", "deal"];

export function ListActions({ entity, onExport }: { entity: Entity; onExport?: () => void }) {
  const { t } = useTranslation("list");
  const me = useMe();
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  // There the header's own button adds, and a file is hardly at hand.
  if (phone) return onExport ? <ExportButton onExport={onExport} /> : null;
  return (
    <>
      {IMPORTED.includes(entity.name) && mayAt(me, "import", entity.name) && (
        <Button
          component={Link}
          to="/import"
          search={{ entity: entity.name } as never}
          variant="default"
          c="var(--mantine-color-text)"
          leftSection={<IconFileImport size={16} aria-hidden />}
        >
          {t("import")}
        </Button>
      )}
      {onExport && <ExportButton onExport={onExport} />}
      {reaches(me, "create", entity.name) && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => openQuickAdd({ entity: entity.name })}
        >
          {t(`add.${entity.name}`)}
        </Button>
      )}
    </>
  );
}

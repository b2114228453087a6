import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { reaches, useEntities, useMe } from "@/lib/entities";
import { type Shortcut, useShortcuts } from "@/lib/keys";
import { recordPath } from "@/lib/paths";
import { useFrom } from "@/lib/typed";
import type { Stage } from "@/pages/deals/deal";
import { StageDialog } from "@/pages/deals/StageDialog";
import { Page } from "@/ui/Page";
import { TabRow } from "@/ui/TabRow";
import { isToEdit } from "./arrival";
import { Banners } from "./Banners";
import { ConflictDialog } from "./dialogs/ConflictDialog";
import { ConvertDialog } from "./dialogs/ConvertDialog";
import { EraseDialog } from "./dialogs/EraseDialog";
import { OwnerDialog } from "./dialogs/OwnerDialog";
import { ShareDialog } from "./dialogs/ShareDialog";
import { Actions, type DialogName } from "./header/Actions";
import { EntityIcon } from "./header/EntityIcon";
import { Facts } from "./header/Facts";
import { StagePath, useMoveStage } from "./header/StagePath";
import { carries, useHere } from "./here";
import { neighbours } from "./neighbours";
import classes from "./Record.module.css";
import { Rail } from "./rail/Rail";
import { useSections } from "./related";
import { AccessTab } from "./tabs/AccessTab";
import { DetailsTab, editFirst } from "./tabs/DetailsTab";
import { HistoryTab } from "./tabs/HistoryTab";
import { RelatedTab } from "./tabs/RelatedTab";
import { TimelineTab } from "./tabs/TimelineTab";
import { type Erased, useActs } from "./useActs";
import { useSharing } from "./useGrants";

export type TabName = "timeline" | "details" | "related" | "history" | "access";

/** The open tab; it stands in the address, and what the history entry knows stays. */
export function useTab(): { tab: TabName; tabs: TabName[]; open: (tab: TabName) => void } {
  const { entity } = useHere();
  const entities = useEntities();
  const go = useNavigate();
  const wanted = (useSearch({ strict: false }) as { tab?: string }).tab;
  const related = useSections().length > 0;
  const tabs: TabName[] = [
    ...(carries(entity, entities) ? ["timeline" as const] : []),
    "details",
    ...(related ? ["related" as const] : []),
    "history",
    "access",
  ];
  const tab = tabs.find((name) => name === wanted) ?? tabs[0] ?? "details";
  const open = (name: TabName) =>
    void go({ to: ".", search: { tab: name }, state: true, replace: true } as never);
  return { tab, tabs, open };
}

/** The records before and after, in the list that this one was opened from. */
function useNeighbours() {
  const { entity, record } = useHere();
  const go = useNavigate();
  const { tab } = useTab();
  const { number, from } = useFrom();
  const around = neighbours(from, entity.plural, record.id);
  const open = (id: string | undefined) => {
    if (!id) return;
    void go({
      to: recordPath(entity.plural, id),
      search: { tab },
      state: { from: number },
      replace: true,
    } as never);
  };
  return { ...around, open };
}

interface Wishes {
  onOwner: () => void;
  onShare?: () => void;
  onStage: () => void;
}

/** Keys of the page, and the way to the field that E opens from any tab. */
function useKeys({ onOwner, onShare, onStage }: Wishes, around: ReturnType<typeof useNeighbours>) {
  const { t } = useTranslation("record");
  const { entity, record, may } = useHere();
  const entities = useEntities();
  const me = useMe();
  const acts = useActs();
  const { tab, open } = useTab();
  const editNext = useRef(false);
  const live = !record.deleted_at;
  const writable = may("update") && live;
  const hangs = carries(entity, entities) && reaches(me, "create", "activity") && live;
  const stage = entity.name === "deal" && writable && record.access.writable.includes("stage");

  useEffect(() => {
    if (tab !== "details" || !editNext.current) return;
    editNext.current = false;
    editFirst();
  }, [tab]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on arrival
  useEffect(() => {
    if (isToEdit(record.id) && writable) window.setTimeout(editFirst, 50);
  }, []);
  const edit = () => {
    if (tab === "details") return editFirst();
    editNext.current = true;
    open("details");
  };
  const shortcuts: (Shortcut | false)[] = [
    writable && { keys: "e", label: t("keys.edit"), run: edit },
    writable && { keys: "a", label: t("keys.owner"), run: onOwner },
    onShare !== undefined && { keys: "s", label: t("keys.share"), run: onShare },
    hangs && { keys: "t", label: t("keys.task"), run: () => acts.addTo("activity") },
    stage && { keys: "m", label: t("keys.stage"), run: onStage },
    around.count > 0 && { keys: "[", label: t("keys.before"), run: () => around.open(around.before) },
    around.count > 0 && { keys: "]", label: t("keys.after"), run: () => around.open(around.after) },
  ];
  useShortcuts(shortcuts.filter((s) => s !== false));
}

export function RecordPage({ onErased }: { onErased: (erased: Erased) => void }) {
  const { t } = useTranslation("record");
  const { entity, record, title, saving, may } = useHere();
  const { tab, tabs, open } = useTab();
  const around = useNeighbours();
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [stageMenu, setStageMenu] = useState(false);
  const [losing, setLosing] = useState<Stage | null>(null);
  const move = useMoveStage();
  const toOwner = () => setDialog("owner");
  const onOwner = may("update") && !record.deleted_at ? toOwner : undefined;
  const onShare = useSharing().mayShare ? () => setDialog("share") : undefined;
  useKeys({ onOwner: toOwner, onShare, onStage: () => setStageMenu(true) }, around);

  const close = () => setDialog(null);
  return (
    <Page
      title={
        <span className={classes.title}>
          <EntityIcon name={entity.name} />
          {title}
        </span>
      }
      tab={inWords(entity.label)}
      actions={
        <Actions
          around={around}
          onDialog={setDialog}
          onAsk={setLosing}
          stageMenu={stageMenu}
          onStageMenu={setStageMenu}
        />
      }
    >
      <Facts onOwner={onOwner} />
      <Banners />
      {entity.name === "deal" && <StagePath onAsk={setLosing} />}
      <div className={classes.columns}>
        <Tabs
          value={tab}
          onChange={(name) => name && open(name as TabName)}
          keepMounted={false}
          className={classes.main}
        >
          <TabRow open={tab} label={t("tabs.label")}>
            {tabs.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`record:tabs.${name}`)}
              </Tabs.Tab>
            ))}
          </TabRow>
          <Tabs.Panel value={tab} pt="md">
            {tab === "timeline" && <TimelineTab />}
            {tab === "details" && <DetailsTab />}
            {tab === "related" && <RelatedTab />}
            {tab === "history" && <HistoryTab />}
            {tab === "access" && <AccessTab onShare={onShare} />}
          </Tabs.Panel>
        </Tabs>
        <Rail onOwner={onOwner} onShare={onShare} />
      </div>
      {dialog === "owner" && (
        <OwnerDialog
          entity={record.entity}
          owner={record.owner.id}
          onChange={(patch, label) => void saving.save(patch, { label })}
          onClose={close}
        />
      )}
      {dialog === "share" && <ShareDialog onClose={close} />}
      {losing && (
        <StageDialog
          title={title}
          stage={record.fields.stage}
          to={losing}
          reason={record.fields.lost_reason}
          writable={record.access.writable}
          onMove={(stage, reason) => {
            setLosing(null);
            move(stage, reason);
          }}
          onClose={() => setLosing(null)}
        />
      )}
      {dialog === "convert" && <ConvertDialog onClose={close} />}
      {dialog === "erase" && <EraseDialog onClose={close} onErased={onErased} />}
      {saving.conflict && <ConflictDialog conflict={saving.conflict} settle={saving.settle} />}
    </Page>
  );
}

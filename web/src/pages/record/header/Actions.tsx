// What can be done to the record, as far as the server says it may be.
import { ActionIcon, Button, Group, Menu, Tooltip } from "@mantine/core";
import {
  IconArrowsExchange,
  IconCalendarPlus,
  IconCheck,
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconDots,
  IconEraser,
  IconNotes,
  IconRotate,
  IconShare,
  IconTrash,
  IconUserShare,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { reaches, useEntities, useMe } from "@/lib/entities";
import { type Stage, stagesOf } from "@/pages/deals/deal";
import { carries, useHere } from "../here";
import { useActs } from "../useActs";
import { useSharing } from "../useGrants";
import classes from "./Actions.module.css";
import { useMoveStage } from "./StagePath";

export type DialogName = "owner" | "share" | "convert" | "erase";

interface Props {
  around: { before?: string; after?: string; place: number; count: number; open: (id?: string) => void };
  onDialog: (name: DialogName) => void;
  /** For stages that want a reason. */
  onAsk: (stage: Stage) => void;
  stageMenu: boolean;
  onStageMenu: (open: boolean) => void;
}

export function Actions({ around, onDialog, onAsk, stageMenu, onStageMenu }: Props) {
  const { t } = useTranslation("record");
  const { entity, record, may } = useHere();
  const acts = useActs();
  const binned = record.deleted_at !== null;
  const writes = (name: string) => may("update") && record.access.writable.includes(name) && !binned;
  return (
    <>
      {around.count > 0 && <Around around={around} />}
      {entity.name === "lead" && may("update") && !binned && !record.fields.converted_at && (
        <Button
          variant="light"
          leftSection={<IconArrowsExchange size={16} aria-hidden />}
          onClick={() => onDialog("convert")}
        >
          {t("convert.button")}
        </Button>
      )}
      {entity.name === "deal" && writes("stage") && (
        <StageMenu opened={stageMenu} onChange={onStageMenu} onAsk={onAsk} />
      )}
      {entity.name === "activity" && writes("done") && <DoneButton />}
      {!binned && <AddButtons />}
      <More onDialog={onDialog} onDelete={() => void acts.remove()} />
    </>
  );
}

function Around({ around }: { around: Props["around"] }) {
  const { t } = useTranslation("record");
  const step = (to: "before" | "after", Icon: typeof IconChevronLeft) => (
    <Tooltip label={t(`record:keys.${to}`)}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t(`record:keys.${to}`)}
        disabled={!around[to]}
        onClick={() => around.open(around[to])}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group gap={2} wrap="nowrap" className={classes.around}>
      {step("before", IconChevronLeft)}
      <span>{t("place", { place: around.place, count: around.count })}</span>
      {step("after", IconChevronRight)}
    </Group>
  );
}

function StageMenu({
  opened,
  onChange,
  onAsk,
}: {
  opened: boolean;
  onChange: (open: boolean) => void;
  onAsk: (stage: Stage) => void;
}) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const move = useMoveStage(onAsk);
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end">
      <Menu.Target>
        <Button
          variant="light"
          className={classes.stage}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t("stage.move")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {stagesOf(entity).map((stage) => (
          <Menu.Item
            key={stage.id}
            disabled={stage.id === record.fields.stage}
            rightSection={stage.id === record.fields.stage && <IconCheck size={14} aria-hidden />}
            onClick={() => move(stage)}
          >
            {stage.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function DoneButton() {
  const { t } = useTranslation("record");
  const { record } = useHere();
  const acts = useActs();
  const isDone = record.fields.done === true;
  return (
    <Button
      variant={isDone ? "default" : "light"}
      leftSection={isDone ? <IconRotate size={16} aria-hidden /> : <IconCheck size={16} aria-hidden />}
      onClick={() => void acts.setDone(!isDone)}
    >
      {t(isDone ? "acts.reopen" : "acts.markDone")}
    </Button>
  );
}

function AddButtons() {
  const { t } = useTranslation("record");
  const { entity } = useHere();
  const entities = useEntities();
  const me = useMe();
  const acts = useActs();
  if (!carries(entity, entities)) return null;
  return (
    <>
      {reaches(me, "create", "activity") && (
        <Button
          variant="default"
          leftSection={<IconCalendarPlus size={16} aria-hidden />}
          onClick={() => acts.addTo("activity")}
        >
          {t("acts.addActivity")}
        </Button>
      )}
      {reaches(me, "create", "note") && (
        <Button
          variant="default"
          leftSection={<IconNotes size={16} aria-hidden />}
          onClick={() => acts.addTo("note")}
        >
          {t("acts.addNote")}
        </Button>
      )}
    </>
  );
}

function More({ onDialog, onDelete }: { onDialog: (name: DialogName) => void; onDelete: () => void }) {
  const { t } = useTranslation("record");
  const { record, may } = useHere();
  const binned = record.deleted_at !== null;
  const changeable = may("update") && !binned;
  const deletable = may("delete") && !binned;
  const { mayShare } = useSharing();
  if (!changeable && !mayShare && !deletable && !may("erase")) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t("acts.more")}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {changeable && (
          <Menu.Item leftSection={<IconUserShare size={16} aria-hidden />} onClick={() => onDialog("owner")}>
            {t("acts.owner")}
          </Menu.Item>
        )}
        {mayShare && (
          <Menu.Item leftSection={<IconShare size={16} aria-hidden />} onClick={() => onDialog("share")}>
            {t("acts.share")}
          </Menu.Item>
        )}
        {deletable && (
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={onDelete}>
            {t("acts.delete")}
          </Menu.Item>
        )}
        {may("erase") && (
          <Menu.Item
            color="red"
            leftSection={<IconEraser size={16} aria-hidden />}
            onClick={() => onDialog("erase")}
          >
            {t("acts.erase")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

// The conditions of a list: one chip each, quick ones for what is mine, and an editor for all others.
import { ActionIcon, Button, Popover } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCheck, IconFilter, IconPlus, IconX } from "@tabler/icons-react";
import { type ReactElement, type ReactNode, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Refs } from "@/api/types";
import { type Condition, formatCondition, parseConditions } from "@/lib/conditions";
import { useMe } from "@/lib/entities";
import { failed } from "@/lib/undo";
import classes from "./FilterBar.module.css";
import type { FilterBarEditor } from "./FilterBarEditor";
import { useChipText } from "./FilterBarText";
import { passFocus } from "./passFocus";
import { useTitles } from "./titles";

interface Props {
  entity: Entity;
  conditions: Condition[];
  onChange: (conditions: Condition[]) => void;
  onClear?: () => void;
  /** Names of fields that may not be filtered by: hidden and masked ones. */
  withheld: ReadonlySet<string>;
  /** What the rows on screen refer to; absent until it is known. */
  refs?: Refs;
}

let Editor: typeof FilterBarEditor | undefined;

/** The editor comes with its own file. It opens when it is there, so that the focus finds a place in it. */
export async function loadEditor(): Promise<void> {
  Editor ??= (await import("./FilterBarEditor")).FilterBarEditor;
}

export function FilterBar({ entity, conditions, onChange, onClear, withheld, refs }: Props) {
  const { t } = useTranslation("list");
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const [shown, setShown] = useState(false);
  const [editing, setEditing] = useState<number | "new" | null>(null);
  const named = conditions.flatMap(({ field, values }) => values.map((id) => ({ field, id })));
  const titles = useTitles(entity, named, refs);
  const chip = useChipText(entity, titles);
  const { user } = useMe();
  // What somebody is to do is theirs, whoever owns it.
  const mine = entity.fields.some((field) => field.name === "assignee") ? "assignee" : "owner";
  const quick = [
    { key: `${mine}:in:${user.id}`, label: t("filter.mine") },
    { key: `team:in:${user.team}`, label: t("filter.myTeam") },
  ];
  const put = (at: number, condition: Condition) => {
    onChange(at < conditions.length ? conditions.with(at, condition) : [...conditions, condition]);
    setEditing(null);
  };
  const close = useCallback(() => setEditing(null), []);
  const open = (what: number | "new") => {
    if (editing === what) setEditing(null);
    else loadEditor().then(() => setEditing(what), failed);
  };
  const editor = (at: number) =>
    Editor && (
      <Editor
        entity={entity}
        withheld={withheld}
        refs={titles}
        condition={conditions[at]}
        onApply={(condition) => put(at, condition)}
      />
    );

  if (phone && !shown)
    return (
      <Button
        variant="default"
        mih={44}
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-expanded={false}
        onClick={() => setShown(true)}
      >
        {conditions.length ? t("filter.some", { count: conditions.length }) : t("filter.title")}
      </Button>
    );
  return (
    <fieldset className={classes.bar}>
      <legend className="visually-hidden">{t("filter.title")}</legend>
      {quick.map(({ key, label }) => {
        const at = conditions.findIndex((c) => formatCondition(c) === key);
        return (
          <button
            key={key}
            type="button"
            className={classes.quick}
            aria-pressed={at >= 0}
            onClick={() =>
              onChange(at >= 0 ? conditions.toSpliced(at, 1) : [...conditions, ...parseConditions([key])])
            }
          >
            {at >= 0 && <IconCheck size={14} aria-hidden />}
            {label}
          </button>
        );
      })}
      {conditions.map((condition, at) => {
        const words = chip(condition);
        if (quick.some((q) => q.key === formatCondition(condition))) return null;
        return (
          // By its place: a changed chip stays what its editor gives the focus back to.
          <span key={at} className={classes.chip} data-item>
            <Edit opened={editing === at} onClose={close} editor={() => editor(at)}>
              <button
                type="button"
                className={classes.chipText}
                aria-expanded={editing === at}
                onClick={() => open(at)}
              >
                <span className={classes.chipField}>{words.field}</span> <span>{words.text}</span>
              </button>
            </Edit>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={24}
              aria-label={t("filter.remove", { what: words.field })}
              onClick={(event) => {
                passFocus(event.currentTarget);
                onChange(conditions.toSpliced(at, 1));
              }}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        );
      })}
      <Edit opened={editing === "new"} onClose={close} editor={() => editor(conditions.length)}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} aria-hidden />}
          aria-expanded={editing === "new"}
          onClick={() => open("new")}
        >
          {t("filter.add")}
        </Button>
      </Edit>
      {conditions.length > 0 && onClear && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
          {t("filter.clear")}
        </Button>
      )}
      {phone && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setShown(false)}>
          {t("filter.fold")}
        </Button>
      )}
    </fieldset>
  );
}

interface EditProps {
  opened: boolean;
  onClose: () => void;
  editor: () => ReactNode;
  children: ReactNode;
}

/** Lists and calendars of the editor open outside it: a press on them does not close it. */
function Edit({ opened, onClose, editor, children }: EditProps) {
  useEffect(() => {
    if (!opened) return;
    const onPress = (event: PointerEvent) => {
      const inside =
        event.target instanceof Element && event.target.closest("[data-portal], [aria-expanded]");
      if (!inside) onClose();
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [opened, onClose]);
  return (
    <Popover
      opened={opened}
      onDismiss={onClose}
      onChange={(open) => !open && onClose()}
      closeOnClickOutside={false}
      closeOnEscape={false}
      position="bottom-start"
      width={300}
      trapFocus
      returnFocus
    >
      <Popover.Target>{children as ReactElement}</Popover.Target>
      <Popover.Dropdown
        onKeyDown={(event) => {
          // An open list of the editor takes Esc first.
          const list =
            event.target instanceof Element && event.target.getAttribute("aria-expanded") === "true";
          if (event.key === "Escape" && !list) onClose();
        }}
      >
        {opened && editor()}
      </Popover.Dropdown>
    </Popover>
  );
}

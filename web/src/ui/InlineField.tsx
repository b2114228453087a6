// A field of a record that is changed where it stands: a click or Enter on its button opens it, Enter saves
// (Ctrl+Enter in long texts), Esc brings the old value back.
import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconCheck, IconPencil, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Refs, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { FieldInput } from "./FieldInput";
import { FieldValue } from "./FieldValue";
import classes from "./InlineField.module.css";

/** Why a value was not taken; a duplicate may be accepted, after a look at the other record. */
interface Refused {
  reason: string;
  duplicate: boolean;
  /** The record that has the same value; its title, if it may be read. */
  other?: { to: string; title?: string };
}

/** A value in progress, and the one that editing began with. */
export interface Editing {
  base: Value | undefined;
  draft: Value;
}

interface Props {
  field: Field;
  value: Value | undefined;
  refs?: Refs;
  writable: boolean;
  /** Resolves with the reason if the value was refused. `base` is the value that editing began with. */
  onSave: (value: Value, base: Value | undefined, anyway: boolean) => Promise<Refused | null>;
  /** In progress already when it came on screen, and told of what becomes of it. */
  kept?: Editing;
  onKeep?: (editing: Editing | null) => void;
  /** Shown instead of the value, as for a masked one. */
  children?: ReactNode;
}

/** Kinds that are chosen in one act: the choice saves. */
const CHOSEN = ["choice", "country", "user", "reference", "bool"];

export function InlineField({ field, value, refs, writable, onSave, kept, onKeep, children }: Props) {
  const { t } = useTranslation("record");
  const [editing, show] = useState<Editing | null>((writable && kept) || null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const returning = useRef(false);
  // Only what is opened here takes the focus, not what one comes back to.
  const pressed = useRef(false);
  const setEditing = (next: Editing | null) => {
    show(next);
    onKeep?.(next);
  };
  const label = inWords(field.label);
  const open = editing !== null;

  useEffect(() => {
    if (open || !returning.current) return;
    returning.current = false;
    button.current?.focus({ preventScroll: true });
  }, [open]);

  const close = (focus: boolean) => {
    returning.current = focus;
    setEditing(null);
    setRefused(null);
  };
  const save = async (draft: Value, anyway = false) => {
    if (!editing) return;
    const { base } = editing;
    close(true);
    const refusal = await onSave(draft, base, anyway);
    if (!refusal) return;
    pressed.current = true;
    setEditing({ base, draft });
    setRefused(refusal);
  };

  return (
    <div className={classes.row} data-field={field.name}>
      <div className={classes.label} id={`label-${field.name}`}>
        {label}
      </div>
      {editing ? (
        <Editor
          field={field}
          refs={refs}
          editing={editing}
          refused={refused}
          autoFocus={pressed.current}
          onDraft={(draft) => {
            setRefused(null);
            setEditing({ ...editing, draft });
            if (CHOSEN.includes(field.kind)) void save(draft);
          }}
          onSave={(anyway) => void save(editing.draft, anyway)}
          onClose={close}
        />
      ) : (
        <div className={writable ? classes.editable : classes.value}>
          <div className={classes.text}>
            {children || <FieldValue field={field} value={value} refs={refs} />}
          </div>
          {writable && (
            <button
              ref={button}
              type="button"
              className={classes.edit}
              data-edit
              aria-label={t("edit.one", { name: label })}
              onClick={() => {
                pressed.current = true;
                setEditing({ base: value, draft: value ?? null });
              }}
            >
              <IconPencil size={14} aria-hidden />
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface EditorProps {
  field: Field;
  refs?: Refs;
  editing: Editing;
  refused: Refused | null;
  autoFocus: boolean;
  onDraft: (value: Value) => void;
  onSave: (anyway?: boolean) => void;
  onClose: (focus: boolean) => void;
}

function Editor({ field, refs, editing, refused, autoFocus, onDraft, onSave, onClose }: EditorProps) {
  const { t } = useTranslation("record");
  const long = field.kind === "long_text";
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // An open list takes Esc first, and Enter by preventing its default.
    const listOpen = (event.target as HTMLElement).getAttribute("aria-expanded") === "true";
    if (event.key === "Escape" && !listOpen) {
      event.preventDefault();
      event.stopPropagation();
      onClose(true);
    }
    const asked = event.key === "Enter" && (!long || event.ctrlKey || event.metaKey);
    const onButton = event.target instanceof HTMLButtonElement;
    if (asked && !event.defaultPrevented && !onButton && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onSave();
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the input inside
    <div
      className={classes.editor}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const to = event.relatedTarget;
        const inside = !to || event.currentTarget.contains(to) || to.closest("[data-portal]");
        if (!inside && editing.draft === (editing.base ?? null)) onClose(false);
      }}
    >
      <FieldInput
        field={field}
        value={editing.draft}
        refs={refs}
        onChange={onDraft}
        error={refused?.reason}
        hideLabel
        autoFocus={autoFocus}
      />
      <Group gap={4}>
        {refused?.other && (
          <Button component={Link} to={refused.other.to} size="compact-sm" variant="default">
            {refused.other.title ? t("edit.open", { title: refused.other.title }) : t("edit.other")}
          </Button>
        )}
        {refused?.duplicate && (
          <Button size="compact-sm" variant="default" onClick={() => onSave(true)}>
            {t("edit.anyway")}
          </Button>
        )}
        <Tooltip label={long ? t("edit.saveLong") : t("edit.save")}>
          <ActionIcon
            variant="light"
            aria-label={long ? t("edit.saveLong") : t("edit.save")}
            onClick={() => onSave()}
          >
            <IconCheck size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("edit.revert")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("edit.revert")}
            onClick={() => onClose(true)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

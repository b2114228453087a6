import { Button, Select } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Refs } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, reaches, useEntities, useMe } from "@/lib/entities";
import { useShortcuts } from "@/lib/keys";
import type { QuickAddArgs } from "@/lib/overlay";
import { FieldInput } from "./FieldInput";
import classes from "./QuickAdd.module.css";
import { type Draft, useWritable } from "./QuickAddDraft";
import { Duplicates, useDuplicates } from "./QuickAddDuplicates";
import { ErrorSummary } from "./QuickAddErrors";
import { shown } from "./QuickAddFields";
import { ReferenceInput } from "./ReferenceInput";
import { OwnerSelect } from "./UserSelect";

interface Props {
  entity: Entity;
  args: QuickAddArgs;
  draft: Draft;
  /** The first field gets the focus at once. */
  focus: boolean;
  /** Saved, and nothing more of the kind is to be added. */
  onSaved: () => void;
  onCancel: () => void;
}

const focusFirst = (form: HTMLElement | null) =>
  form?.querySelector<HTMLElement>("[data-field] input, [data-field] textarea")?.focus();

export function QuickAddForm({ entity, args, draft, focus, onSaved, onCancel }: Props) {
  const { t } = useTranslation("add");
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [all, setAll] = useState(false);
  const { first, rest } = shown(entity, useWritable(entity));
  const refs: Refs = args.parent
    ? { [args.parent.id]: { entity: args.parent.entity, title: args.parent.title ?? "" } }
    : {};

  const save = async (another: boolean, allow = false) => {
    const record = await draft.save(allow);
    if (record) {
      if (another) {
        draft.again();
        setAll(false);
        focusFirst(form.current);
      } else onSaved();
    } else window.setTimeout(() => summary.current?.focus(), 0);
  };
  useShortcuts([
    { keys: "mod+enter", label: t("save"), run: () => void save(false), inFields: true },
    { keys: "mod+shift+enter", label: t("saveAnother"), run: () => void save(true), inFields: true },
  ]);
  const isDuplicate = (name: string) =>
    draft.problem?.issues.some((issue) => issue.field === name && issue.code === "duplicate") ?? false;
  const named = (name: string) => inWords(entity.fields.find((f) => f.name === name)?.label) || name;
  const goTo = (name: string) => {
    if (!first.some((f) => f.name === name)) setAll(true);
    window.setTimeout(() =>
      form.current
        ?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"] :is(input, textarea)`)
        ?.focus(),
    );
  };
  const input = (field: Entity["fields"][number], at: number): ReactNode => (
    <div key={field.name} data-field={field.name}>
      <FieldInput
        field={field}
        value={draft.values[field.name]}
        refs={refs}
        error={isDuplicate(field.name) ? t("duplicate.field") : draft.problem?.issue(field.name)}
        autoFocus={focus && at === 0}
        onChange={(value) => draft.set(field.name, value)}
      />
    </div>
  );
  return (
    <form
      ref={form}
      className={classes.form}
      noValidate
      aria-label={t("title", { entity: inWords(entity.label) })}
      onSubmit={(event) => {
        event.preventDefault();
        void save(false);
      }}
    >
      <div className={classes.fields}>
        {draft.problem && (
          <ErrorSummary
            ref={summary}
            problem={draft.problem}
            named={named}
            onGo={goTo}
            onAnyway={() => void save(false, true)}
            busy={draft.saving}
          />
        )}
        {first.map(input)}
        {draft.parent && <ParentInput entity={entity} draft={draft} />}
        {all && (
          <>
            {rest.map((field) => input(field, -1))}
            <div data-field="owner">
              <OwnerInput entity={entity.name} draft={draft} />
            </div>
          </>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.toggle}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? t("fewer") : t("all", { count: rest.length + 1 })}
        </Button>
      </div>
      <Foot entity={entity} draft={draft} onAnother={() => void save(true)} onCancel={onCancel} />
    </form>
  );
}

interface FootProps {
  entity: Entity;
  draft: Draft;
  onAnother: () => void;
  onCancel: () => void;
}

/** Always in sight: what may be the same already, and the buttons. */
function Foot({ entity, draft, onAnother, onCancel }: FootProps) {
  const { t } = useTranslation("add");
  const duplicates = useDuplicates(entity, draft.values);
  return (
    <div className={classes.foot}>
      <Duplicates entity={entity} items={duplicates} />
      <div className={classes.buttons}>
        <Button type="submit" loading={draft.saving} title="Ctrl + Enter">
          {t("save")}
        </Button>
        <Button variant="default" onClick={onAnother} disabled={draft.saving}>
          {t("saveAnother")}
        </Button>
        <Button variant="subtle" color="gray" onClick={onCancel}>
          {t("common:cancel")}
        </Button>
      </div>
    </div>
  );
}

function OwnerInput({ entity, draft }: { entity: string; draft: Draft }) {
  const { t } = useTranslation("add");
  const me = useMe();
  return (
    <OwnerSelect
      entity={entity}
      label={t("owner")}
      allowDeselect={false}
      value={draft.owner ?? me.user.id}
      onChange={(id) => draft.setOwner(id === me.user.id ? null : id)}
      error={draft.problem?.issue("owner")}
    />
  );
}

/** What an activity or note hangs on: which kind of record, then which one. */
function ParentInput({ entity, draft }: { entity: Entity; draft: Draft }) {
  const { t } = useTranslation("add");
  const me = useMe();
  const entities = useEntities();
  const { parent } = draft;
  if (!parent) return null;
  const choices = entity.parents
    .filter((name) => reaches(me, "read", name))
    .flatMap((name) => {
      const found = findEntity(entities, name);
      return found ? [{ value: name, label: inWords(found.label) }] : [];
    });
  return (
    <fieldset className={classes.parent} data-field="parent">
      <legend>{t("parent.title")}</legend>
      <Select
        aria-label={t("parent.entity")}
        data={choices}
        value={parent.entity}
        allowDeselect={false}
        onChange={(name) => name && draft.setParent({ entity: name, id: null })}
      />
      <ReferenceInput
        key={parent.entity}
        aria-label={t("parent.record")}
        entity={parent.entity}
        value={parent.id}
        title={parent.title}
        clearable
        error={draft.problem?.issue("parent")}
        onChange={(id, title) => draft.setParent({ entity: parent.entity, id, title })}
      />
    </fieldset>
  );
}

import { Alert, Checkbox, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, problemOf, request } from "@/api/client";
import type { Entity, FieldKind } from "@/api/types";
import { inWords } from "@/i18n";
import { useEntities } from "@/lib/entities";
import { done } from "@/lib/undo";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { slug } from "../parts/slug";
import { Choices } from "./Choices";
import { bodyOf, emptyField, type FieldDraft, hasChoices, hasLength, KINDS } from "./draft";

interface Props {
  entity: Entity;
  opened: boolean;
  onClose: () => void;
}

export function NewField({ entity, opened, onClose }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={t("field.addTo", { entity: inWords(entity.label_plural) })}
      size="lg"
    >
      <Form entity={entity} onClose={onClose} />
    </FormDialog>
  );
}

function Form({ entity, onClose }: { entity: Entity; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const [draft, setDraft] = useState(emptyField);
  const change = (part: Partial<FieldDraft>) => setDraft({ ...draft, ...part });
  const make = useMutation({
    mutationFn: () => request("POST", `/entities/${entity.name}/fields`, { body: bodyOf(draft, slug) }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["entities"] });
      done(t("field.added", { field: inWords(draft.label) }));
      onClose();
    },
  });
  const problem = problemOf(make.error);
  const names = {
    label: t("field.label"),
    "label.pl": t("field.labelPl"),
    "label.en": t("field.labelEn"),
    name: t("field.name"),
    kind: t("field.kind"),
    max: draft.kind === "integer" ? t("field.most") : t("field.max"),
    min: t("field.least"),
    entity: t("field.target"),
    choices: t("choice.list"),
  };
  return (
    <DialogForm button={t("field.add")} sending={make} names={names} onCancel={onClose}>
      <Alert variant="light" color="gray" icon={<IconInfoCircle aria-hidden />}>
        {t("field.forGood")}
      </Alert>
      <div className={classes.form}>
        <TextInput
          label={t("field.labelPl")}
          required
          data-autofocus
          value={draft.label.pl}
          error={problem?.issue("label.pl") ?? problem?.issue("label")}
          onChange={(e) => change({ label: { ...draft.label, pl: e.currentTarget.value } })}
        />
        <TextInput
          label={t("field.labelEn")}
          required
          value={draft.label.en}
          error={problem?.issue("label.en")}
          onChange={(e) => change({ label: { ...draft.label, en: e.currentTarget.value } })}
        />
        <TextInput
          label={t("field.name")}
          description={t("field.nameHelp")}
          leftSection="cf_"
          leftSectionWidth={36}
          placeholder={slug(draft.label.pl)}
          value={draft.name}
          error={problem?.issue("name")}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <Select
          label={t("field.kind")}
          description={t("field.kindHelp")}
          searchable
          allowDeselect={false}
          data={KINDS.map((kind) => ({ value: kind, label: t(`admin:kind.${kind}`) }))}
          value={draft.kind}
          error={problem?.issue("kind")}
          onChange={(kind) => kind && change({ kind: kind as FieldKind })}
        />
        <Limits draft={draft} problem={problem} onChange={change} />
      </div>
      {hasChoices(draft.kind) && (
        <Choices
          value={draft.choices}
          error={problem?.issue("choices")}
          onChange={(choices) => change({ choices })}
        />
      )}
      <FlagBoxes draft={draft} onChange={change} />
    </DialogForm>
  );
}

interface PartProps {
  draft: FieldDraft;
  onChange: (part: Partial<FieldDraft>) => void;
}

/** What some kinds need besides: a length, bounds, an entity. */
function Limits({ draft, problem, onChange }: PartProps & { problem: Problem | null }) {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const value = (typed: number | string): number | "" => (typeof typed === "number" ? typed : "");
  if (hasLength(draft.kind))
    return (
      <NumberInput
        label={t("field.max")}
        min={1}
        allowDecimal={false}
        value={draft.max}
        error={problem?.issue("max")}
        onChange={(typed) => onChange({ max: value(typed) })}
      />
    );
  if (draft.kind === "integer")
    return (
      <>
        <NumberInput
          label={t("field.least")}
          allowDecimal={false}
          value={draft.min}
          error={problem?.issue("min")}
          onChange={(typed) => onChange({ min: value(typed) })}
        />
        <NumberInput
          label={t("field.most")}
          allowDecimal={false}
          value={draft.max}
          error={problem?.issue("max")}
          onChange={(typed) => onChange({ max: value(typed) })}
        />
      </>
    );
  if (draft.kind === "reference")
    return (
      <Select
        label={t("field.target")}
        required
        allowDeselect={false}
        data={entities.map((e) => ({ value: e.name, label: inWords(e.label_plural) }))}
        value={draft.entity || null}
        error={problem?.issue("entity")}
        onChange={(entity) => onChange({ entity: entity ?? "" })}
      />
    );
  return null;
}

const FLAGS = ["personal", "special", "trade", "searchable"] as const;

function FlagBoxes({ draft, onChange }: PartProps) {
  const { t } = useTranslation("admin");
  return (
    <Checkbox.Group
      label={t("field.flags")}
      value={FLAGS.filter((flag) => draft[flag])}
      onChange={(on) => onChange(Object.fromEntries(FLAGS.map((flag) => [flag, on.includes(flag)])))}
    >
      <Stack gap="sm" mt={4}>
        {FLAGS.map((flag) => (
          <Checkbox
            key={flag}
            value={flag}
            label={t(`admin:flag.${flag}`)}
            description={t(`admin:flagHelp.${flag}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

import { Checkbox, Modal, MultiSelect, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { recordQuery, rolesQuery } from "@/api/queries";
import type { AccessRequest, Entity, Id } from "@/api/types";
import { inWords } from "@/i18n";
import { addDays, dayOf, useToday } from "@/lib/days";
import { mayManage, useEntities, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { carries } from "@/pages/record/here";
import { endOf } from "@/pages/record/share";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { useAnswers } from "./queries";

const DateField = lazy(() => import("@/ui/DateField"));

/** Roles that every instance has, which are made to be given on single records. */
const VIEWER: Id = "6b6c7563-0000-8000-8000-7a6e696b0008";
const CONTRIBUTOR: Id = "6b6c7563-0000-8000-8000-7a6e696b0009";
/** For how long unless another day is asked for or chosen. */
const DAYS = 30;

const NAMES = ["role", "fields", "until"] as const;
type Wrong = Partial<Record<(typeof NAMES)[number], string>>;

interface Draft {
  role: Id;
  related: boolean;
  fields: string[];
  until: string;
}

interface Props {
  entity: Entity;
  request: AccessRequest;
  name: string;
  onClose: () => void;
}

/** Gives whoever asked a role on the record, as sharing it does. */
export function ApproveDialog({ entity, request, name, onClose }: Props) {
  const { t } = useTranslation("requests");
  useReturnFocus();
  const { approve } = useAnswers();
  const today = useToday();
  const wanted = request.until ? dayOf(new Date(request.until)) : "";
  // A day that has passed meanwhile is none to offer.
  const until = wanted > today ? wanted : addDays(today, DAYS);
  const [draft, setDraft] = useState<Draft>({ role: VIEWER, related: false, fields: [], until });
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([at]) => !(at in part))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setWrong(draft.until ? {} : { until: t("approve.untilMissing") });
    if (!draft.until) return;
    setBusy(true);
    try {
      await approve(request.id, {
        role: draft.role,
        with_related: draft.related,
        ...(draft.fields.length > 0 && { fields: draft.fields }),
        until: endOf(draft.until),
      });
      onClose();
      done(t("approve.done", { name }));
    } catch (error) {
      const issues = NAMES.map((at) => [at, error instanceof Problem && error.issue(at)]);
      const found = issues.filter(([, text]) => text);
      setWrong(Object.fromEntries(found));
      setProblem(found.length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("approve.title", { name })} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <What entity={entity} record={request.record} draft={draft} wrong={wrong} change={change} />
          <Suspense fallback={<TextInput label={t("approve.until")} readOnly />}>
            <DateField
              kind="date"
              label={t("approve.until")}
              value={draft.until}
              onChange={(day) => change({ until: day ?? "" })}
              error={wrong.until}
            />
          </Suspense>
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("approve.confirm")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

/** Roles that can be offered: all that let such a record be read, to whoever may look at them. */
function useRoles(entity: Entity): { value: Id; label: string }[] {
  const { t } = useTranslation("requests");
  const all = useQuery({ ...rolesQuery, enabled: mayManage(useMe(), "roles") }).data;
  const own = (all ?? []).filter(
    ({ id, entities }) =>
      id !== VIEWER && id !== CONTRIBUTOR && (entities[entity.name]?.scopes?.read ?? "none") !== "none",
  );
  return [
    { value: VIEWER, label: t("approve.viewer") },
    { value: CONTRIBUTOR, label: t("approve.contributor") },
    ...own.map(({ id, label }) => ({ value: id, label: inWords(label) })),
  ];
}

interface WhatProps {
  entity: Entity;
  record: Id;
  draft: Draft;
  wrong: Wrong;
  change: (part: Partial<Draft>) => void;
}

function What({ entity, record, draft, wrong, change }: WhatProps) {
  const { t } = useTranslation("requests");
  const entities = useEntities();
  const hidden = useQuery(recordQuery(entity.plural, record)).data?.access.hidden;
  const fields = entity.fields
    .filter(({ name }) => hidden && !hidden.includes(name))
    .map(({ name, label }) => ({ value: name, label: inWords(label) || name }));
  return (
    <>
      <Select
        label={t("approve.role")}
        data={useRoles(entity)}
        value={draft.role}
        onChange={(role) => role && change({ role })}
        error={wrong.role}
        allowDeselect={false}
        required
        data-autofocus
      />
      {carries(entity, entities) && (
        <Checkbox
          label={t("approve.related")}
          checked={draft.related}
          onChange={(e) => change({ related: e.currentTarget.checked })}
        />
      )}
      <MultiSelect
        label={t("approve.fields")}
        placeholder={draft.fields.length === 0 ? t("approve.allFields") : undefined}
        data={fields}
        value={draft.fields}
        onChange={(chosen) => change({ fields: chosen })}
        error={wrong.fields}
        searchable
        clearable
        hidePickedOptions
        nothingFoundMessage={t("common:nothingFound")}
      />
    </>
  );
}

import { Checkbox, Modal, MultiSelect, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { partnersQuery, rolesQuery, teamsQuery } from "@/api/queries";
import { inWords } from "@/i18n";
import { useToday } from "@/lib/days";
import { mayManage, useEntities, useMe } from "@/lib/entities";
import { compare } from "@/lib/format";
import { useActivePeople } from "@/ui/colleagues";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { carries, useHere } from "../here";
import {
  bodyOf,
  builtInRoles,
  type Draft,
  firstDraft,
  fittingRoles,
  REASON_MAX,
  REASON_MIN,
  type RoleChoice,
  tidy,
} from "../share";
import { useGrants } from "../useGrants";

const DateField = lazy(() => import("@/ui/DateField"));

/** Where the server may find something wrong. */
const NAMES = ["to", "role", "fields", "until", "reason"] as const;
type Wrong = Partial<Record<(typeof NAMES)[number], string>>;

function wrongOf(problem: unknown): Wrong {
  if (!(problem instanceof Problem)) return {};
  return Object.fromEntries(NAMES.map((name) => [name, problem.issue(name)]).filter(([, text]) => text));
}

/** Gives somebody a role on this one record, until a day. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { give } = useGrants();
  const [draft, setDraft] = useState(firstDraft(useToday()));
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([name]) => !(name in part))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(draft);
    const missing: Wrong = {
      ...(!body && { to: t("share.toMissing") }),
      ...(tidy(draft.reason).length < REASON_MIN && { reason: t("reveal.short", { count: REASON_MIN }) }),
    };
    setWrong(missing);
    setProblem(null);
    if (!body || Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await give(body);
      onClose();
    } catch (error) {
      const at = wrongOf(error);
      setWrong(at);
      setProblem(Object.keys(at).length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("share.title")} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Whom draft={draft} wrong={wrong} change={change} />
          <What draft={draft} wrong={wrong} change={change} />
          <Why draft={draft} wrong={wrong} change={change} />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("share.confirm")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

interface Part {
  draft: Draft;
  wrong: Wrong;
  change: (part: Partial<Draft>) => void;
}

function Whom({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  const me = useMe();
  const people = useActivePeople().filter(({ value }) => value !== me.user.id);
  const teams = useQuery(teamsQuery).data ?? [];
  const partners = (useQuery(partnersQuery).data ?? []).filter(({ agreed }) => agreed);
  const data = [
    {
      group: t("share.people"),
      items: people.map(({ value, label }) => ({ value: `user:${value}`, label })),
    },
    {
      group: t("share.teams"),
      items: teams
        .map(({ id, name }) => ({ value: `team:${id}`, label: name }))
        .sort((a, b) => compare(a.label, b.label)),
    },
    ...(partners.length > 0
      ? [
          {
            group: t("share.partners"),
            items: partners
              .map(({ id, name }) => ({ value: `partner:${id}`, label: name }))
              .sort((a, b) => compare(a.label, b.label)),
          },
        ]
      : []),
  ];
  return (
    <Select
      label={t("share.to")}
      description={t("share.toHelp")}
      data={data}
      value={draft.to}
      onChange={(to) => change({ to })}
      error={wrong.to}
      searchable
      required
      nothingFoundMessage={t("common:nothingFound")}
      data-autofocus
    />
  );
}

function useRoleChoices(): RoleChoice[] {
  const { t } = useTranslation("record");
  const { entity } = useHere();
  const all = useQuery({ ...rolesQuery, enabled: mayManage(useMe(), "roles") }).data;
  if (all) return fittingRoles(entity, all);
  return builtInRoles(entity, (name) => t(`record:share.${name}`));
}

function What({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const entities = useEntities();
  const roles = useRoleChoices();
  const actions = roles.find(({ value }) => value === draft.role)?.actions ?? [];
  const fields = entity.fields
    .filter(({ name }) => !record.access.hidden.includes(name))
    .map(({ name, label }) => ({ value: name, label: inWords(label) || name }));
  return (
    <>
      <Select
        label={t("share.role")}
        description={t("share.lets", {
          actions: actions.map((action) => t(`record:access.action.${action}`)).join(", "),
        })}
        data={roles}
        value={draft.role}
        onChange={(role) => role && change({ role })}
        error={wrong.role}
        allowDeselect={false}
        required
      />
      {carries(entity, entities) && (
        <Checkbox
          label={t("share.related")}
          checked={draft.related}
          onChange={(e) => change({ related: e.currentTarget.checked })}
        />
      )}
      <MultiSelect
        label={t("share.fields")}
        description={t("share.fieldsHelp")}
        placeholder={draft.fields.length === 0 ? t("share.allFields") : undefined}
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

function Why({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  const label = t("share.until");
  return (
    <>
      <Suspense fallback={<TextInput label={label} description={t("share.untilHelp")} readOnly />}>
        <DateField
          kind="date"
          label={label}
          description={t("share.untilHelp")}
          value={draft.until}
          onChange={(until) => change({ until: until ?? "" })}
          error={wrong.until}
        />
      </Suspense>
      <Textarea
        label={t("share.reason")}
        description={t("share.reasonHelp")}
        required
        autosize
        minRows={2}
        maxRows={6}
        maxLength={REASON_MAX}
        value={draft.reason}
        error={wrong.reason}
        onChange={(e) => change({ reason: e.currentTarget.value })}
      />
    </>
  );
}

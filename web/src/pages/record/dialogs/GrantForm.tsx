// What is said when records are shared, one or many: with whom, what of them, for how long, and why.
import { Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { issuesAt } from "@/api/client";
import { partnersQuery, teamsQuery } from "@/api/queries";
import type { Entity, GrantableRole, GrantCreate, Id } from "@/api/types";
import { useToday } from "@/lib/days";
import { useMe } from "@/lib/entities";
import { compare, day } from "@/lib/format";
import { REASON_MIN } from "@/lib/reason";
import { useActivePeople } from "@/ui/colleagues";
import { DayField } from "@/ui/DayField";
import { DialogButtons } from "@/ui/DialogButtons";
import { ReasonField } from "@/ui/ReasonField";
import { Failed } from "@/ui/States";
import { bodyOf, type Draft, firstDraft, roleOf } from "../share";
import { useGrantable } from "../useGrants";
import { GrantWhat, useAllows } from "./GrantWhat";

/** Where the server may find something wrong. */
const NAMES = ["to", "role", "fields", "from", "until", "reason"] as const;
type Wrong = Partial<Record<(typeof NAMES)[number], string>>;

interface Props {
  entity: Entity;
  /** What is shared; of many the first, by which the roles are found that can be given. */
  ids: Id[];
  /** Fields that the user does not see. */
  hidden: string[] | undefined;
  button: string;
  /** Said above the buttons. */
  note?: ReactNode;
  /** Shares; answers whether that is over and done with, or still being looked at. */
  onGive: (body: GrantCreate) => Promise<boolean>;
  onClose: () => void;
}

export function GrantForm({ entity, ids, hidden, button, note, onGive, onClose }: Props) {
  const { t } = useTranslation("record");
  const [draft, setDraft] = useState(firstDraft(useToday()));
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const grantable = useGrantable({ plural: entity.plural, ids }, draft);
  const role = roleOf(draft, grantable.roles ?? []);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([name]) => !(name in part))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(draft, role?.id);
    setProblem(null);
    if (Array.isArray(body)) {
      const words = {
        to: t("share.toMissing"),
        role: t("share.roleMissing"),
        reason: t("reveal.short", { count: REASON_MIN }),
      };
      setWrong(Object.fromEntries(body.map((name) => [name, words[name]])));
      return;
    }
    setWrong({});
    setBusy(true);
    try {
      if (await onGive(body)) return onClose();
    } catch (error) {
      const at = issuesAt(error, NAMES);
      setWrong(at);
      setProblem(Object.keys(at).length > 0 ? null : error);
    }
    setBusy(false);
  };
  const part = { draft, wrong, change };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Whom {...part} />
        <GrantWhat {...part} {...{ entity, grantable, role, hidden }} />
        <When {...part} />
        <Why {...part} />
        <Summary draft={draft} role={role} />
        {note}
        {problem !== null && <Failed error={problem} />}
        <DialogButtons button={button} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  );
}

interface Part {
  draft: Draft;
  wrong: Wrong;
  change: (part: Partial<Draft>) => void;
}

/** Everybody with whom it can be shared, as options of a select. */
function useGrantees() {
  const { t } = useTranslation("record");
  const me = useMe();
  const people = useActivePeople().filter(({ value }) => value !== me.user.id);
  const teams = useQuery(teamsQuery).data ?? [];
  const partners = (useQuery(partnersQuery).data ?? []).filter(({ agreed }) => agreed);
  return [
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
}

function Whom({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  return (
    <Select
      label={t("share.to")}
      description={t("share.toHelp")}
      data={useGrantees()}
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

function When({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  return (["from", "until"] as const).map((name) => (
    <DayField
      key={name}
      label={t(`record:share.${name}Label`)}
      description={t(`record:share.${name}Help`)}
      value={draft[name]}
      onChange={(chosen) => change({ [name]: chosen })}
      error={wrong[name]}
    />
  ));
}

function Why({ draft, wrong, change }: Part) {
  const { t } = useTranslation("record");
  return (
    <ReasonField
      label={t("share.reason")}
      description={t("share.reasonHelp")}
      required
      value={draft.reason}
      error={wrong.reason}
      onChange={(reason) => change({ reason })}
    />
  );
}

/** In one sentence, before it is done: who gets what, and until when. */
function Summary({ draft, role }: { draft: Draft; role: GrantableRole | undefined }) {
  const { t } = useTranslation("record");
  const allows = useAllows();
  const grantee = useGrantees()
    .flatMap(({ items }) => items)
    .find(({ value }) => value === draft.to);
  if (!grantee || !role) return null;
  const name = draft.to?.startsWith("team:") ? t("share.whole", { name: grantee.label }) : grantee.label;
  const words = [
    t("share.gets", { name, role: role.label, actions: allows(role) }),
    draft.from && t("share.from", { at: day(draft.from) }),
    draft.until && t("access.until", { at: day(draft.until) }),
  ];
  return (
    <Text size="sm" role="status">
      {words.filter(Boolean).join(", ")}.
    </Text>
  );
}

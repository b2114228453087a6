import { MultiSelect, Select, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { teamsQuery } from "@/api/queries";
import type { ServiceAccount } from "@/api/types";
import { compare } from "@/lib/format";
import { servicePath } from "@/lib/paths";
import { done } from "@/lib/undo";
import { useActivePeople } from "@/ui/colleagues";
import DateField from "@/ui/DateField";
import { PersonSelect } from "@/ui/PeopleSelect";
import { look, needsSecond } from "@/ui/secondPerson";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { roleOptions, useRoles } from "../parts/useRoles";

interface Props {
  /** The one to change; without it, a new one. */
  account?: ServiceAccount;
  opened: boolean;
  onClose: () => void;
}

/** A service account to be made or changed. Its owner changes by handing it over. */
export function AccountForm({ account, opened, onClose }: Props) {
  const { t } = useTranslation("service");
  return (
    <FormDialog opened={opened} onClose={onClose} title={account ? t("edit") : t("add")} size="lg">
      <Form account={account} onClose={onClose} />
    </FormDialog>
  );
}

const DAY_MS = 86_400_000;

/** In a year, on the minute. */
const inAYear = () => `${new Date(Date.now() + 365 * DAY_MS).toISOString().slice(0, 16)}:00Z`;

function useSave(account: ServiceAccount | undefined, onClose: () => void) {
  const { t } = useTranslation("service");
  const client = useQueryClient();
  const go = useNavigate();
  return async (draft: Draft) => {
    const { owner, ...rest } = draft;
    const saved = account
      ? await request<ServiceAccount>("PATCH", `/service-accounts/${account.id}`, {
          body: changesOf(rest, draftOf(account)),
          version: account.version,
        })
      : await request<ServiceAccount>("POST", "/service-accounts", { body: { ...rest, owner } });
    void client.invalidateQueries({ queryKey: ["service-accounts"] });
    void client.invalidateQueries({ queryKey: ["colleagues"] });
    onClose();
    done(account ? t("saved") : t("made"));
    if (!account) void go({ to: servicePath(saved.id) });
  };
}

type Draft = Pick<ServiceAccount, "name" | "team" | "roles" | "ends_at"> & { owner: string };

/** What differs: what stays is not judged anew, such as the end of one that has ended. */
export function changesOf(to: Omit<Draft, "owner">, from: Draft): Partial<Draft> {
  const set = (ids: string[]) => [...ids].sort().join();
  return {
    ...(to.name !== from.name && { name: to.name }),
    ...(to.team !== from.team && { team: to.team }),
    ...(set(to.roles) !== set(from.roles) && { roles: to.roles }),
    ...(to.ends_at !== from.ends_at && { ends_at: to.ends_at }),
  };
}

const draftOf = (account?: ServiceAccount): Draft => ({
  name: account?.name ?? "",
  team: account?.team ?? "",
  roles: account?.roles ?? [],
  ends_at: account?.ends_at ?? inAYear(),
  owner: account?.owner.id ?? "",
});

function Form({ account, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("service");
  const { data: teams = [] } = useQuery(teamsQuery);
  const roles = useRoles();
  const people = useActivePeople();
  const [draft, setDraft] = useState(() => draftOf(account));
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = useSave(account, onClose);
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: () => save(draft),
    onError: (error) => {
      if (!account || !needsSecond(error)) return;
      // Of all that was to be changed, roles and team are what is asked for; the rest can be saved without them.
      const { id, version } = account;
      const { owner: _, ...to } = draft;
      const rest = Object.keys(changesOf(to, draftOf(account))).filter(
        (name) => !["roles", "team"].includes(name),
      );
      if (rest.length === 0) onClose();
      const { roles, team } = draft;
      const run = () => save({ ...draftOf(account), roles, team });
      look(client, {
        act: { user_roles: { user: id, version, roles, team: team || undefined } },
        button: t("common:save"),
        run,
      });
    },
  });
  const problem = problemOf(sending.error);
  const names = {
    name: t("name"),
    owner: t("owner"),
    team: t("team"),
    roles: t("roles"),
    ends_at: t("ends"),
  };
  return (
    <DialogForm button={account ? t("common:save") : t("add")} {...{ sending, names }} onCancel={onClose}>
      <div className={classes.form}>
        <TextInput
          label={t("name")}
          description={t("nameHelp")}
          required
          maxLength={100}
          data-autofocus
          autoComplete="off"
          className={classes.wide}
          value={draft.name}
          error={problem?.issue("name")}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        {!account && (
          <PersonSelect
            label={t("owner")}
            description={t("ownerHelp")}
            required
            allowDeselect={false}
            className={classes.wide}
            people={people}
            value={draft.owner || null}
            error={problem?.issue("owner")}
            onChange={(owner) => change({ owner: owner ?? "" })}
          />
        )}
        <Select
          label={t("team")}
          required
          searchable
          allowDeselect={false}
          data={teams
            .map((team) => ({ value: team.id, label: team.name }))
            .sort((a, b) => compare(a.label, b.label))}
          value={draft.team || null}
          error={problem?.issue("team")}
          onChange={(team) => change({ team: team ?? "" })}
        />
        {roles.length > 0 && (
          <MultiSelect
            label={t("roles")}
            placeholder={draft.roles.length === 0 ? t("noRoles") : undefined}
            searchable
            data={roleOptions(roles)}
            value={draft.roles}
            error={problem?.issue("roles")}
            onChange={(chosen) => change({ roles: chosen })}
          />
        )}
        <div>
          <DateField
            kind="date_time"
            label={t("ends")}
            required
            value={draft.ends_at}
            error={problem?.issue("ends_at")}
            onChange={(end) => change({ ends_at: end ?? "" })}
          />
          <Text size="xs" c="dimmed">
            {t("endsHelp")}
          </Text>
        </div>
      </div>
    </DialogForm>
  );
}

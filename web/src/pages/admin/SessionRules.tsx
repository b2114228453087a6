import { Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { meQuery, rolesQuery } from "@/api/queries";
import type { Role, SessionRule, SessionRulesRead, SessionRules as Stored, WorkingHours } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { joinNetworks, splitNetworks } from "@/lib/networks";
import { done } from "@/lib/undo";
import { Failed, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { HoursCell } from "./parts/HoursCell";
import { Panel } from "./parts/Panel";
import { type Column, Rows } from "./parts/Rows";
import { sessionRulesQuery } from "./queries";

/** Minutes; the server allows no others. */
const IDLE = { min: 5, max: 1_440 };
const ABSOLUTE = { min: 15, max: 10_080 };

/** A rule as it is being typed. */
interface Draft {
  idle: string;
  absolute: string;
  networks: string;
  hours: WorkingHours | null;
}

/** Whoever could change hours is held to none. */
const isKeptOpen = ({ things }: Role) => things.users === "manage" || things.roles === "manage";

const text = (minutes: number | null | undefined) => (minutes == null ? "" : String(minutes));
const draftOf = (rule: SessionRule | undefined): Draft => ({
  idle: text(rule?.idle_minutes),
  absolute: text(rule?.absolute_minutes),
  networks: joinNetworks(rule?.networks),
  hours: rule?.hours ?? null,
});
const ruleOf = (draft: Draft, open: boolean): SessionRule => ({
  idle_minutes: draft.idle === "" ? null : Number(draft.idle),
  absolute_minutes: draft.absolute === "" ? null : Number(draft.absolute),
  networks: splitNetworks(draft.networks),
  hours: open ? null : draft.hours,
});

/** How long sessions last, and from where and when they may be used. */
export default function SessionRules() {
  const { t } = useTranslation("admin");
  const rules = useQuery(sessionRulesQuery);
  const roles = useQuery(rolesQuery);
  return (
    <AdminPage title={t("card.sessions.name")} tab={t("card.sessions.name")} about={t("rules.about")}>
      <Ready query={rules}>
        {(now) => <Ready query={roles}>{(all) => <Form key={now.version} now={now} roles={all} />}</Ready>}
      </Ready>
    </AdminPage>
  );
}

function useSave(now: SessionRulesRead) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Stored) =>
      request<SessionRulesRead>("PUT", "/sessions/rules", { body, version: now.version }),
    onSuccess: (saved) => {
      client.setQueryData(sessionRulesQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      done(t("rules.saved"));
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412)
        void client.invalidateQueries({ queryKey: sessionRulesQuery.queryKey });
    },
  });
}

function Form({ now, roles }: { now: SessionRulesRead; roles: Role[] }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const [everyone, setEveryone] = useState(draftOf(now.everyone));
  const [drafts, setDrafts] = useState<Record<string, Draft>>(() =>
    Object.fromEntries(roles.map((role) => [role.id, draftOf(now.roles[role.id])])),
  );
  const save = useSave(now);
  const problem = save.error instanceof Problem ? save.error : null;
  const rows = [
    {
      key: "everyone",
      at: "everyone",
      name: t("rules.everyone"),
      open: true,
      draft: everyone,
      set: setEveryone,
    },
    ...roles.map((role) => ({
      key: role.id,
      at: `roles.${role.id}`,
      name: inWords(role.label),
      open: isKeptOpen(role),
      draft: drafts[role.id] ?? draftOf(undefined),
      set: (draft: Draft) => setDrafts({ ...drafts, [role.id]: draft }),
    })),
  ];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const open = new Set(roles.filter(isKeptOpen).map((role) => role.id));
        const kept = Object.entries(drafts).map(([id, draft]) => [id, ruleOf(draft, open.has(id))]);
        save.mutate({ everyone: ruleOf(everyone, true), roles: Object.fromEntries(kept) });
      }}
    >
      <Stack>
        <Panel title={t("rules.list")} about={t("rules.listAbout")}>
          <Rows
            label={t("rules.list")}
            rows={rows}
            keyOf={(row) => row.key}
            columns={useColumns(!may, problem)}
          />
        </Panel>
        {Boolean(save.error) && <Failed error={save.error} />}
        {may && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("common:save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface Row {
  key: string;
  at: string;
  name: string;
  /** Held to no hours. */
  open: boolean;
  draft: Draft;
  set: (draft: Draft) => void;
}

function useColumns(disabled: boolean, problem: Problem | null): Column<Row>[] {
  const { t } = useTranslation("admin");
  const minutes = (key: "idle" | "absolute", bounds: { min: number; max: number }): Column<Row> => ({
    key,
    label: t(`rules.${key}`),
    cell: ({ name, at, draft, set }) => (
      <NumberInput
        aria-label={t(`rules.${key}Of`, { role: name })}
        {...bounds}
        allowDecimal={false}
        hideControls
        maw={140}
        disabled={disabled}
        error={problem?.issue(`${at}.${key}_minutes`)}
        value={draft[key]}
        onChange={(value) => set({ ...draft, [key]: String(value) })}
      />
    ),
  });
  return [
    { key: "role", label: t("role.name"), cell: (row) => row.name },
    minutes("idle", IDLE),
    minutes("absolute", ABSOLUTE),
    {
      key: "networks",
      label: t("rules.networks"),
      cell: ({ name, at, draft, set }) => (
        <TextInput
          aria-label={t("rules.networksOf", { role: name })}
          autoComplete="off"
          spellCheck={false}
          miw={220}
          disabled={disabled}
          error={problem?.issue(`${at}.networks`)}
          value={draft.networks}
          onChange={(e) => set({ ...draft, networks: e.currentTarget.value })}
        />
      ),
    },
    {
      key: "hours",
      label: t("rules.hours"),
      cell: ({ name, at, open, draft, set }) =>
        open ? (
          <Text size="sm" c="dimmed">
            {t("hours.notHere")}
          </Text>
        ) : (
          <HoursCell
            role={name}
            hours={draft.hours}
            disabled={disabled}
            error={problem?.issues.find((issue) => issue.field.startsWith(`${at}.hours`))?.reason}
            onChange={(hours) => set({ ...draft, hours })}
          />
        ),
    },
  ];
}

import { Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, problemOf } from "@/api/client";
import { rolesQuery } from "@/api/queries";
import type { Role, SessionRule, SessionRulesRead, SessionRules as Stored, WorkingHours } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { hoursText } from "@/lib/hours";
import { joinNetworks, splitNetworks } from "@/lib/networks";
import { Failed, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { HoursCell } from "./parts/HoursCell";
import { Panel } from "./parts/Panel";
import { type Column, Rows } from "./parts/Rows";
import { Overtaken, useSaveWhole } from "./parts/useSaveWhole";
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
        {(now) => <Ready query={roles}>{(all) => <Form now={now} roles={all} />}</Ready>}
      </Ready>
    </AdminPage>
  );
}

interface FormProps {
  now: SessionRulesRead;
  roles: Role[];
}

/** One row a role. What was typed is kept apart from what is saved, which others may change. */
function useRows({ now, roles }: FormProps) {
  const { t } = useTranslation("admin");
  const [touched, setTouched] = useState<Record<string, Partial<Draft>>>({});
  const mine = (at: string, saved: Draft): Draft => ({ ...saved, ...touched[at] });
  const rowOf = (at: string, name: string, open: boolean, stored: SessionRule | undefined): Row => {
    const saved = draftOf(stored);
    return {
      at,
      name,
      open,
      saved,
      draft: mine(at, saved),
      set: (change) => setTouched({ ...touched, [at]: { ...touched[at], ...change } }),
    };
  };
  const everyone = rowOf("everyone", t("rules.everyone"), true, now.everyone);
  const rows = roles.map((role) =>
    rowOf(`roles.${role.id}`, inWords(role.label), isKeptOpen(role), now.roles[role.id]),
  );
  const rules = (): Stored => ({
    everyone: ruleOf(everyone.draft, true),
    roles: Object.fromEntries(
      roles.map((role) => [
        role.id,
        ruleOf(mine(`roles.${role.id}`, draftOf(now.roles[role.id])), isKeptOpen(role)),
      ]),
    ),
  });
  return { rows: [everyone, ...rows], rules, forget: () => setTouched({}) };
}

function Form({ now, roles }: FormProps) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const { rows, rules, forget } = useRows({ now, roles });
  const { save, busy, error, overtaken } = useSaveWhole<Stored>({
    path: "/sessions/rules",
    queryKey: sessionRulesQuery.queryKey,
    version: now.version,
    said: t("rules.saved"),
    onSaved: forget,
  });
  const problem = problemOf(error);
  const columns = useColumns({ readOnly: !may, problem, overtaken });
  const names = Object.fromEntries(
    rows.flatMap(({ at, name: role }) => [
      [`${at}.idle_minutes`, t("rules.idleOf", { role })],
      [`${at}.absolute_minutes`, t("rules.absoluteOf", { role })],
      [`${at}.networks`, t("rules.networksOf", { role })],
    ]),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(rules());
      }}
    >
      <Stack>
        {overtaken && <Overtaken />}
        <Panel title={t("rules.list")} about={t("rules.listAbout")}>
          <Rows label={t("rules.list")} rows={rows} keyOf={(row) => row.at} columns={columns} />
        </Panel>
        {Boolean(error) && <Failed error={error} names={names} />}
        {may && (
          <Group>
            <Button type="submit" loading={busy}>
              {t("common:save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface Row {
  /** Where the server says it is. */
  at: string;
  name: string;
  /** Held to no hours. */
  open: boolean;
  saved: Draft;
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

interface ColumnsProps {
  readOnly: boolean;
  problem: Problem | null;
  overtaken: boolean;
}

function useColumns({ readOnly, problem, overtaken }: ColumnsProps): Column<Row>[] {
  const { t } = useTranslation("admin");
  const hours = useHoursColumn({ readOnly, problem, overtaken });
  /** After a conflict: what now stands at the server where something else was typed. */
  const theirs = ({ saved, draft }: Row, key: "idle" | "absolute" | "networks") => ({
    description: overtaken && saved[key] !== draft[key] && t("theirs", { value: saved[key] || "–" }),
    inputWrapperOrder: ["input", "description", "error"] as ("input" | "description" | "error")[],
  });
  const minutes = (key: "idle" | "absolute", bounds: { min: number; max: number }): Column<Row> => ({
    key,
    label: t(`rules.${key}`),
    cell: (row) =>
      readOnly ? (
        row.draft[key] || "–"
      ) : (
        <NumberInput
          aria-label={t(`rules.${key}Of`, { role: row.name })}
          {...bounds}
          {...theirs(row, key)}
          allowDecimal={false}
          hideControls
          maw={140}
          error={problem?.issue(`${row.at}.${key}_minutes`)}
          value={row.draft[key]}
          onChange={(value) => row.set({ [key]: String(value) })}
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
      cell: (row) =>
        readOnly ? (
          row.draft.networks || "–"
        ) : (
          <TextInput
            aria-label={t("rules.networksOf", { role: row.name })}
            {...theirs(row, "networks")}
            autoComplete="off"
            spellCheck={false}
            miw={220}
            error={problem?.issue(`${row.at}.networks`)}
            value={row.draft.networks}
            onChange={(e) => row.set({ networks: e.currentTarget.value })}
          />
        ),
    },
    hours,
  ];
}

function useHoursColumn({ readOnly, problem, overtaken }: ColumnsProps): Column<Row> {
  const { t } = useTranslation("admin");
  const hoursOf = ({ hours }: Draft) => (hours ? hoursText(hours) : t("hours.always"));
  return {
    key: "hours",
    label: t("rules.hours"),
    cell: ({ name, at, open, saved, draft, set }) =>
      open ? (
        <Text size="sm" c="dimmed">
          {t("hours.notHere")}
        </Text>
      ) : readOnly ? (
        hoursOf(saved)
      ) : (
        <>
          <HoursCell
            role={name}
            hours={draft.hours}
            error={problem?.issues.find((issue) => issue.field.startsWith(`${at}.hours`))?.reason}
            onChange={(hours) => set({ hours })}
          />
          {overtaken && hoursOf(saved) !== hoursOf(draft) && (
            <Text size="xs" c="dimmed">
              {t("theirs", { value: hoursOf(saved) })}
            </Text>
          )}
        </>
      ),
  };
}

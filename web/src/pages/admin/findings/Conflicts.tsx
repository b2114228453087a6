import { Alert, Button, Group, Select, Stack, Switch, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "@/api/queries";
import type { Role, RoleConflicts, RoleConflictsRead } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { Failed, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { roleOptions } from "../parts/useRoles";
import { Overtaken, useSaveWhole } from "../parts/useSaveWhole";
import { roleConflictsQuery } from "../queries";

type Pair = RoleConflicts["pairs"][number];

/** Which roles one person is not to hold together: each change is saved at once. */
export function Conflicts() {
  const { t } = useTranslation("admin");
  const roles = useQuery(rolesQuery);
  const now = useQuery(roleConflictsQuery);
  return (
    <Panel title={t("conflicts.title")} about={t("conflicts.about")}>
      <Ready query={now}>
        {(saved) => <Ready query={roles}>{(all) => <Form now={saved} roles={all} />}</Ready>}
      </Ready>
    </Panel>
  );
}

const keyOf = ({ roles }: Pair) => roles.join();

function Form({ now, roles }: { now: RoleConflictsRead; roles: Role[] }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "roles", "manage");
  const { save, busy, error, overtaken } = useSaveWhole<RoleConflicts>({
    path: "/role-conflicts",
    queryKey: roleConflictsQuery.queryKey,
    version: now.version,
    said: t("conflicts.saved"),
    onSaved: () => void client.invalidateQueries({ queryKey: ["findings"] }),
  });
  const put = (pairs: Pair[]) => save({ pairs });
  const label = (id: string | undefined) => inWords(roles.find((role) => role.id === id)?.label) || "?";
  const names = ({ roles: [a, b] }: Pair) => ({ a: label(a), b: label(b) });
  const columns: Column<Pair>[] = [
    { key: "first", label: t("conflicts.first"), cell: (pair) => names(pair).a },
    { key: "second", label: t("conflicts.second"), cell: (pair) => names(pair).b },
    {
      key: "refuse",
      label: t("conflicts.refuse"),
      cell: (pair) =>
        may ? (
          <Switch
            aria-label={t("conflicts.refuseOf", names(pair))}
            checked={pair.refuse}
            disabled={busy}
            onChange={(e) => {
              const refuse = e.currentTarget.checked;
              put(now.pairs.map((one) => (one === pair ? { ...one, refuse } : one)));
            }}
          />
        ) : pair.refuse ? (
          t("conflicts.yes")
        ) : (
          t("conflicts.no")
        ),
    },
  ];
  if (may)
    columns.push({
      key: "acts",
      label: t("findings.acts"),
      quiet: true,
      end: true,
      cell: (pair) => (
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          aria-label={t("conflicts.removeOf", names(pair))}
          onClick={() => put(now.pairs.filter((one) => one !== pair))}
        >
          {t("conflicts.remove")}
        </Button>
      ),
    });
  return (
    <Stack>
      {overtaken && <Overtaken />}
      {now.pairs.length === 0 ? (
        <Text size="sm">{t("conflicts.empty")}</Text>
      ) : (
        <Rows label={t("conflicts.title")} rows={now.pairs} keyOf={keyOf} columns={columns} />
      )}
      {Boolean(error) && <Failed error={error} />}
      {may && <Add roles={roles} busy={busy} onAdd={(pair) => put([...now.pairs, pair])} />}
    </Stack>
  );
}

interface AddProps {
  roles: Role[];
  busy: boolean;
  onAdd: (pair: Pair) => void;
}

function Add({ roles, busy, onAdd }: AddProps) {
  const { t } = useTranslation("admin");
  const [first, setFirst] = useState<string | null>(null);
  const [second, setSecond] = useState<string | null>(null);
  const options = roleOptions(roles);
  const others = (not: string | null) => options.filter(({ value }) => value !== not);
  const add = () => {
    if (!first || !second) return;
    onAdd({ roles: [first, second], refuse: false });
    setFirst(null);
    setSecond(null);
  };
  return (
    <Group align="flex-end" role="group" aria-label={t("conflicts.addTitle")}>
      <Select
        label={t("conflicts.first")}
        searchable
        data={others(second)}
        value={first}
        onChange={setFirst}
      />
      <Select
        label={t("conflicts.second")}
        searchable
        data={others(first)}
        value={second}
        onChange={setSecond}
      />
      <Button variant="default" loading={busy} disabled={!first || !second} onClick={add}>
        {t("conflicts.add")}
      </Button>
    </Group>
  );
}

/** Says beside a choice of roles which of them should not be held together. Those that are refused the server names. */
export function ConflictNote({ chosen, roles }: { chosen: string[]; roles: Role[] }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles");
  const { data } = useQuery({ ...roleConflictsQuery, enabled: may });
  const both = data?.pairs.filter(
    (pair) => !pair.refuse && pair.roles.every((role) => chosen.includes(role)),
  );
  if (!both?.length) return null;
  const label = (id: string | undefined) => inWords(roles.find((role) => role.id === id)?.label) || "?";
  const pairs = both.map(({ roles: [a, b] }) => t("conflicts.pair", { a: label(a), b: label(b) }));
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
      {t("conflicts.warn", { pairs: pairs.join(", ") })}
    </Alert>
  );
}

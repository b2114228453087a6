import { Anchor, Button, Group, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Finding } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateOf, number } from "@/lib/format";
import classes from "@/pages/shared/GrantItem.module.css";
import { OwnGrantItem } from "@/pages/shared/OwnGrantItem";
import { type Column, Rows } from "../parts/Rows";
import { useWithdraw } from "./useWithdraw";

interface Props {
  kind: Finding["kind"];
  items: Finding[];
}

/** Findings of one kind, each with what can be done about it. */
export function Found({ kind, items }: Props) {
  const { t } = useTranslation("admin");
  const label = t(`findings.kind.${kind}`);
  const columns = useColumns(kind);
  if (columns.length === 0) return <Grants label={label} items={items} />;
  return <Rows label={label} rows={items} keyOf={keyOf} columns={columns} />;
}

const keyOf = ({ user, roles }: Finding) => [user?.id, ...roles.map((role) => role.id)].join();

function Grants({ label, items }: { label: string; items: Finding[] }) {
  const { t } = useTranslation("admin");
  const used = ({ kind, last_used }: Finding) => {
    if (last_used) return t("findings.grantLastUsed", { day: dateOf(last_used) });
    return kind === "unused_grant" ? t("findings.grantNever") : undefined;
  };
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map(
        (item) => item.grant && <OwnGrantItem key={item.grant.id} grant={item.grant} note={used(item)} />,
      )}
    </ul>
  );
}

function useColumns(kind: Finding["kind"]): Column<Finding>[] {
  const { t } = useTranslation("admin");
  const person: Column<Finding> = {
    key: "person",
    label: t("findings.person"),
    cell: (row) => <Person row={row} />,
  };
  const team: Column<Finding> = {
    key: "team",
    label: t("findings.team"),
    cell: ({ team }) => team?.name ?? "–",
  };
  const since: Column<Finding> = {
    key: "since",
    label: t("findings.since"),
    cell: (row) => (row.since ? dateOf(row.since) : "–"),
  };
  const acts: Column<Finding> = {
    key: "acts",
    label: t("findings.acts"),
    quiet: true,
    end: true,
    cell: (row) => <Acts row={row} />,
  };
  const roles: Column<Finding> = {
    key: "roles",
    label: kind === "unused_role" ? t("findings.role") : t("findings.roles"),
    cell: (row) => row.roles.map((role) => role.label).join(", "),
  };
  switch (kind) {
    case "unused_role": {
      const used: Column<Finding> = {
        key: "used",
        label: t("findings.lastUsed"),
        cell: (row) => (row.last_used ? dateOf(row.last_used) : t("findings.never")),
      };
      return [person, team, roles, since, used, acts];
    }
    case "conflicting_roles":
      return [person, team, roles, since, acts];
    case "orphaned_records": {
      const records: Column<Finding> = {
        key: "records",
        label: t("findings.records"),
        cell: (row) => number(row.records ?? 0),
      };
      const why: Column<Finding> = {
        key: "why",
        label: t("findings.why"),
        cell: (row) => row.standing && t(`findings.standing.${row.standing}`),
      };
      return [person, team, records, why, acts];
    }
    default:
      return [];
  }
}

const placeOf = ({ user, service }: Finding) =>
  service ? `/service-accounts/${user?.id}` : `/admin/users/${user?.id}`;

function Person({ row }: { row: Finding }) {
  const { t } = useTranslation("admin");
  return (
    <>
      <Anchor component={Link} to={placeOf(row)} inherit>
        {row.user?.name || t("common:unknownUser")}
      </Anchor>
      {row.service && (
        <Text span size="sm" c="dimmed">
          {" "}
          ({t("findings.service")})
        </Text>
      )}
    </>
  );
}

function Acts({ row }: { row: Finding }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "users", "manage");
  const withdraw = useWithdraw();
  const name = row.user?.name ?? "";
  if (row.remedies.includes("hand_over"))
    return (
      <Button
        component={Link}
        to={placeOf(row)}
        size="compact-sm"
        variant="default"
        aria-label={t("findings.handOverOf", { name })}
      >
        {t("findings.handOver")}
      </Button>
    );
  if (!may || !row.remedies.includes("withdraw_role")) return null;
  return (
    <Group gap="xs" justify="flex-end">
      {row.roles.map((role) => (
        <Button
          key={role.id}
          size="compact-sm"
          variant="default"
          aria-label={t("findings.withdrawOf", { role: role.label, name })}
          onClick={() => withdraw(row, role)}
        >
          {row.roles.length > 1 ? t("findings.withdrawNamed", { role: role.label }) : t("findings.withdraw")}
        </Button>
      ))}
    </Group>
  );
}

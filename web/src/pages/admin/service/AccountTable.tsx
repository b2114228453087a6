import { Anchor } from "@mantine/core";
import { IconCircleCheck, IconClockOff, IconUserOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ServiceAccount } from "@/api/types";
import { useTeamNames } from "@/lib/entities";
import { compare, dateTime } from "@/lib/format";
import { servicePath } from "@/lib/paths";
import { Fact } from "@/ui/States";
import { type Column, Rows } from "../parts/Rows";

const LOOKS = {
  active: { icon: IconCircleCheck, kind: "ok" },
  ended: { icon: IconClockOff, kind: "warn" },
  ownerless: { icon: IconUserOff, kind: "warn" },
  suspended: { icon: IconUserOff, kind: "warn" },
} as const;

/** Whether a service account can do anything. */
export function ServiceState({ account }: { account: ServiceAccount }) {
  const { t } = useTranslation("service");
  const { icon: Icon, kind } = LOOKS[account.state];
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {t(`service:is.${account.state}`)}
    </Fact>
  );
}

export function AccountTable({ accounts }: { accounts: ServiceAccount[] }) {
  const { t } = useTranslation("service");
  const team = useTeamNames();
  const columns: Column<ServiceAccount>[] = [
    {
      key: "name",
      label: t("name"),
      sort: (a) => a.name,
      cell: (a) => (
        <Anchor component={Link} to={servicePath(a.id)} size="sm" fw={500}>
          {a.name}
        </Anchor>
      ),
    },
    { key: "owner", label: t("owner"), sort: (a) => a.owner.name, cell: (a) => a.owner.name },
    { key: "team", label: t("team"), sort: (a) => team(a.team), cell: (a) => team(a.team) },
    { key: "tokens", label: t("tokens"), sort: (a) => a.tokens, cell: (a) => a.tokens },
    { key: "ends", label: t("ends"), sort: (a) => a.ends_at, cell: (a) => dateTime(a.ends_at) },
    { key: "state", label: t("state"), sort: (a) => a.state, cell: (a) => <ServiceState account={a} /> },
  ];
  const byName = [...accounts].sort((a, b) => compare(a.name, b.name));
  return <Rows label={t("all")} columns={columns} rows={byName} keyOf={(a) => a.id} />;
}

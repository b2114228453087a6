import {
  IconActivityHeartbeat,
  IconBuildingCommunity,
  IconClockShield,
  IconFingerprint,
  IconFolders,
  IconHistory,
  IconListCheck,
  IconListDetails,
  IconLogin2,
  IconRobot,
  IconShieldLock,
  IconUserCheck,
  IconUsers,
  IconZoomExclamation,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { rolesQuery, teamsQuery } from "@/api/queries";
import type { Thing } from "@/api/types";
import { mayManage, useEntities, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { Page } from "@/ui/Page";
import { NoAccess } from "@/ui/States";
import classes from "./Admin.module.css";
import { readCheckpoint } from "./ledger/filters";
import { checkpointQuery, usersQuery } from "./queries";

interface Card {
  key: string;
  to: string;
  things: Thing[];
  icon: ComponentType<{ size?: number; stroke?: number }>;
}

const CARDS: Card[] = [
  { key: "users", to: "/admin/users", things: ["users"], icon: IconUsers },
  { key: "service", to: "/admin/service-accounts", things: ["users"], icon: IconRobot },
  { key: "partners", to: "/admin/partners", things: ["users", "ledger"], icon: IconBuildingCommunity },
  { key: "teams", to: "/admin/teams", things: ["teams"], icon: IconFolders },
  { key: "roles", to: "/admin/roles", things: ["roles"], icon: IconShieldLock },
  { key: "findings", to: "/admin/findings", things: ["users"], icon: IconZoomExclamation },
  { key: "reviews", to: "/admin/access-reviews", things: ["users", "ledger"], icon: IconListCheck },
  { key: "factors", to: "/admin/factors", things: ["roles"], icon: IconFingerprint },
  { key: "sessions", to: "/admin/sessions", things: ["roles"], icon: IconClockShield },
  { key: "approvals", to: "/admin/approvals", things: ["roles"], icon: IconUserCheck },
  { key: "signOn", to: "/admin/sign-on", things: ["users"], icon: IconLogin2 },
  { key: "fields", to: "/admin/fields", things: ["fields"], icon: IconListDetails },
  { key: "system", to: "/admin/system", things: ["system", "keys"], icon: IconActivityHeartbeat },
  { key: "ledger", to: "/ledger", things: ["ledger"], icon: IconHistory },
];

function useCounts(): (key: string) => string {
  const { t } = useTranslation("admin");
  const me = useMe();
  const entities = useEntities();
  const users = useQuery({ ...usersQuery, enabled: mayManage(me, "users") }).data;
  const teams = useQuery({ ...teamsQuery, enabled: mayManage(me, "teams") }).data;
  const roles = useQuery({ ...rolesQuery, enabled: mayManage(me, "roles") }).data;
  const ledger = useQuery({ ...checkpointQuery, enabled: mayManage(me, "ledger") }).data;
  const custom = entities.flatMap((e) => e.fields).filter((f) => f.flags.custom).length;
  return (key) => {
    if (key === "users" && users) return t("count.users", { count: users.filter((u) => u.active).length });
    if (key === "teams" && teams) return t("count.teams", { count: teams.length });
    if (key === "roles" && roles) return t("count.roles", { count: roles.length });
    if (key === "fields") return t("count.custom", { count: custom });
    if (key === "ledger" && ledger) {
      const { size } = readCheckpoint(ledger);
      return t("count.events", { count: size, number: number(size) });
    }
    return "";
  };
}

export default function Admin() {
  const { t } = useTranslation("admin");
  const me = useMe();
  const count = useCounts();
  const cards = CARDS.filter((card) => card.things.some((thing) => mayManage(me, thing)));
  return (
    <Page title={t("title")} tab={t("title")}>
      {cards.length === 0 && <NoAccess missing={{ action: "read", what: t("title") }} />}
      <ul className={classes.cards}>
        {cards.map(({ key, to, icon: Icon }) => (
          <li key={key}>
            <Link to={to} className={classes.card}>
              <Icon size={20} stroke={1.6} />
              <span className={classes.name}>{t(`card.${key}.name`)}</span>
              <span className={classes.count}>{count(key)}</span>
              <span className={classes.text}>{t(`card.${key}.text`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}

import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPencil, IconPlus, IconUserStar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, rolesQuery, teamsQuery } from "@/api/queries";
import type { Team, UserView } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { usersQuery } from "./queries";
import classes from "./Teams.module.css";
import { LeadsDialog } from "./teams/LeadsDialog";
import { LEAD, leadsIn } from "./teams/leads";
import { TeamDialog, type TeamDraft } from "./teams/TeamDialog";
import { type Node, treeOf } from "./teams/tree";

export default function Teams() {
  const { t } = useTranslation("admin");
  const me = useMe();
  const may = mayManage(me, "teams", "manage");
  const leads = useLeads();
  const [led, setLed] = useState<Team | null>(null);
  const teams = useQuery(teamsQuery);
  const [draft, setDraft] = useState<TeamDraft | null>(null);
  const root = teams.data?.find((team) => team.parent === null);
  return (
    <AdminPage
      title={t("card.teams.name")}
      tab={t("card.teams.name")}
      about={t("team.about")}
      actions={
        may && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setDraft({ parent: root?.id ?? null })}
          >
            {t("team.add")}
          </Button>
        )
      }
    >
      <Ready query={teams}>
        {(all) => (
          <ul className={classes.tree}>
            {treeOf(all).map((node) => (
              <Branch
                key={node.team.id}
                node={node}
                leadsOf={leads.of}
                onDraft={may ? setDraft : undefined}
                onLead={leads.role && mayManage(me, "users", "manage") ? setLed : undefined}
              />
            ))}
          </ul>
        )}
      </Ready>
      {/* Stays, with what was typed, while a change of rights has the teams asked for anew. */}
      {may && <TeamDialog draft={draft} teams={teams.data ?? []} onClose={() => setDraft(null)} />}
      {leads.role && (
        <LeadsDialog team={led} users={leads.users} role={leads.role} onClose={() => setLed(null)} />
      )}
    </AdminPage>
  );
}

/** Who leads which team, for whoever may know users and roles. */
function useLeads() {
  const me = useMe();
  const users = useQuery({ ...usersQuery, enabled: mayManage(me, "users", "read") });
  const roles = useQuery({ ...rolesQuery, enabled: mayManage(me, "roles", "read") });
  const role = roles.data?.find((one) => one.name === LEAD)?.id;
  const all = users.data ?? [];
  return { role: users.data && role, users: all, of: (team: string) => leadsIn(all, team, role) };
}

interface BranchProps {
  node: Node;
  leadsOf: (team: string) => UserView[];
  onDraft?: (draft: TeamDraft) => void;
  onLead?: (team: Team) => void;
}

function Branch({ node, ...rest }: BranchProps) {
  const { leadsOf, onDraft, onLead } = rest;
  const { t } = useTranslation("admin");
  const { team, children } = node;
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const leads = leadsOf(team.id).map((user) => user.name);
  const members = colleagues.filter((c) => c.team === team.id && c.active).length;
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.name}>{team.name}</span>
        <span className={classes.members}>
          {t("count.members", { count: members })}
          {leads.length > 0 && ` · ${t("team.ledBy", { count: leads.length, names: leads.join(", ") })}`}
        </span>
        {onLead && (
          <Act label={t("team.leadsOf", { name: team.name })} onClick={() => onLead(team)}>
            <IconUserStar size={16} aria-hidden />
          </Act>
        )}
        {onDraft && (
          <Group gap={4}>
            <Act label={t("team.addBelow", { name: team.name })} onClick={() => onDraft({ parent: team.id })}>
              <IconPlus size={16} aria-hidden />
            </Act>
            <Act
              label={t("team.changeOf", { name: team.name })}
              onClick={() => onDraft({ team, parent: team.parent })}
            >
              <IconPencil size={16} aria-hidden />
            </Act>
          </Group>
        )}
      </div>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Branch key={child.team.id} node={child} {...rest} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Act({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

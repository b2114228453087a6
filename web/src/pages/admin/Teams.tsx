import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import { IconPencil, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, teamsQuery } from "@/api/queries";
import { mayManage, useMe } from "@/lib/entities";
import { Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import classes from "./Teams.module.css";
import { TeamDialog, type TeamDraft } from "./teams/TeamDialog";
import { type Node, treeOf } from "./teams/tree";

export default function Teams() {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "teams", "manage");
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
              <Branch key={node.team.id} node={node} onDraft={may ? setDraft : undefined} />
            ))}
          </ul>
        )}
      </Ready>
      {/* Stays, with what was typed, while a change of rights has the teams asked for anew. */}
      {may && <TeamDialog draft={draft} teams={teams.data ?? []} onClose={() => setDraft(null)} />}
    </AdminPage>
  );
}

function Branch({ node, onDraft }: { node: Node; onDraft?: (draft: TeamDraft) => void }) {
  const { t } = useTranslation("admin");
  const { team, children } = node;
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const members = colleagues.filter((c) => c.team === team.id && c.active).length;
  return (
    <li>
      <div className={classes.row}>
        <span className={classes.name}>{team.name}</span>
        <span className={classes.members}>{t("count.members", { count: members })}</span>
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
            <Branch key={child.team.id} node={child} onDraft={onDraft} />
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

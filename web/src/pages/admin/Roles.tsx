import { Anchor, Button, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "@/api/queries";
import type { Role } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useEntities, useMe } from "@/lib/entities";
import { rolePath, userPath } from "@/lib/paths";
import { Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { type Column, Rows } from "./parts/Rows";
import { THINGS } from "./parts/rights";
import { usersQuery } from "./queries";
import { NewRole } from "./roles/NewRole";
import { RoleFiles } from "./roles/RoleFiles";

export default function Roles() {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const [adding, setAdding] = useState(false);
  const roles = useQuery(rolesQuery);
  const columns = useColumns();
  return (
    <AdminPage
      title={t("card.roles.name")}
      tab={t("card.roles.name")}
      about={t("role.about")}
      actions={
        <>
          <RoleFiles />
          {may && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t("role.add")}
            </Button>
          )}
        </>
      }
    >
      <Ready query={roles}>
        {(all) => (
          <>
            <Rows label={t("card.roles.name")} columns={columns} rows={all} keyOf={(r) => r.id} />
            <NewRole opened={adding} roles={all} onClose={() => setAdding(false)} />
          </>
        )}
      </Ready>
    </AdminPage>
  );
}

function useColumns(): Column<Role>[] {
  const { t } = useTranslation("admin");
  return [
    {
      key: "name",
      label: t("role.name"),
      sort: (r) => inWords(r.label),
      cell: (r) => (
        <Anchor component={Link} to={rolePath(r.id)} size="sm" fw={500}>
          {inWords(r.label)}
        </Anchor>
      ),
    },
    {
      key: "kind",
      label: t("role.kind"),
      sort: (r) => (r.built_in ? 0 : 1),
      cell: (r) => (
        <Text size="sm" style={{ whiteSpace: "nowrap" }}>
          {r.built_in ? t("role.builtIn") : t("role.own")}
        </Text>
      ),
    },
    { key: "reads", label: t("role.reads"), cell: (r) => <Reads role={r} /> },
    { key: "things", label: t("role.manages"), cell: (r) => <Things role={r} /> },
    { key: "holders", label: t("role.holders"), cell: (r) => <Holders role={r} /> },
  ];
}

/** Which records a role reads, and how far. */
function Reads({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const byScope = new Map<string, string[]>();
  for (const entity of entities) {
    const scope = role.entities[entity.name]?.scopes?.read ?? "none";
    if (scope === "none") continue;
    byScope.set(scope, [...(byScope.get(scope) ?? []), inWords(entity.label_plural).toLocaleLowerCase()]);
  }
  if (byScope.size === 0) return <Text size="sm">{t("role.readsNothing")}</Text>;
  return [...byScope].map(([scope, names]) => (
    <Text size="sm" key={scope}>
      {names.length === entities.length
        ? t(`admin:readsAll.${scope}`)
        : `${t(`admin:scope.${scope}`)}: ${names.join(", ")}`}
    </Text>
  ));
}

function Things({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  const held = THINGS.filter((thing) => role.things[thing]);
  return held.map((thing) => t(`admin:thing.${thing}`).toLocaleLowerCase()).join(", ");
}

const FEW = 3;

/** Who holds a role: some by name, the rest by number. */
function Holders({ role }: { role: Role }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "users");
  const { data: users } = useQuery({ ...usersQuery, enabled: may });
  if (!users) return null;
  const holders = users.filter((u) => u.roles.includes(role.id));
  if (holders.length === 0) return <Text size="sm">{t("role.nobody")}</Text>;
  return (
    <Text size="sm">
      {holders.slice(0, FEW).map((u, i) => (
        <span key={u.id}>
          {i > 0 && ", "}
          <Anchor component={Link} to={userPath(u.id)} size="sm">
            {u.name}
          </Anchor>
        </span>
      ))}
      {holders.length > FEW && (
        <>
          {" "}
          <Anchor component={Link} to="/admin/users" search={{ role: role.id } as never} size="sm">
            {t("role.andMore", { count: holders.length - FEW })}
          </Anchor>
        </>
      )}
    </Text>
  );
}

import { Anchor, Button, Group, Select, Text, TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { partnersQuery } from "@/api/queries";
import type { UserView } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe, useTeamNames } from "@/lib/entities";
import { compare } from "@/lib/format";
import { userPath } from "@/lib/paths";
import { plain } from "@/ui/PaletteMatch";
import { Empty, Ready } from "@/ui/States";
import classes from "./Admin.module.css";
import { AdminPage } from "./parts/AdminPage";
import { type Column, Rows } from "./parts/Rows";
import { roleOptions, useRoles } from "./parts/useRoles";
import { one, useUrl, useWords } from "./parts/useUrl";
import { usersQuery } from "./queries";
import { EndEverybodys } from "./users/EndEverybodys";
import { NewUser } from "./users/NewUser";
import { STATES, State } from "./users/State";

export default function Users() {
  const { t } = useTranslation("admin");
  const me = useMe();
  const [adding, setAdding] = useState(false);
  const users = useQuery(usersQuery);
  return (
    <AdminPage
      title={t("card.users.name")}
      tab={t("card.users.name")}
      actions={
        <>
          {mayManage(me, "sessions", "manage") && <EndEverybodys />}
          {mayManage(me, "users", "manage") && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
              {t("user.add")}
            </Button>
          )}
        </>
      }
    >
      <Ready query={users}>{(all) => <UserTable users={all} />}</Ready>
      <NewUser opened={adding} onClose={() => setAdding(false)} />
    </AdminPage>
  );
}

function useColumns(): Column<UserView>[] {
  const { t } = useTranslation("admin");
  const team = useTeamNames();
  const roles = useRoles();
  const partners = useQuery(partnersQuery).data ?? [];
  // Of somebody of a partner, which.
  const place = (u: UserView) =>
    u.partner ? (partners.find((p) => p.id === u.partner)?.name ?? "") : team(u.team);
  const role = (id: string) => inWords(roles.find((r) => r.id === id)?.label);
  return [
    {
      key: "name",
      label: t("user.name"),
      sort: (u) => u.name,
      cell: (u) => (
        <Anchor component={Link} to={userPath(u.id)} size="sm" fw={500}>
          {u.name}
        </Anchor>
      ),
    },
    { key: "login", label: t("user.login"), sort: (u) => u.login, cell: (u) => u.login },
    { key: "email", label: t("user.email"), sort: (u) => u.email, cell: (u) => u.email },
    { key: "team", label: t("user.team"), sort: place, cell: place },
    {
      key: "roles",
      label: t("user.roles"),
      sort: (u) => u.roles.map(role).join(", "),
      cell: (u) => u.roles.map(role).filter(Boolean).join(", ") || t("user.noRoles"),
    },
    {
      key: "active",
      label: t("user.state"),
      sort: (u) => STATES.indexOf(u.state),
      cell: (u) => <State user={u} />,
    },
  ];
}

function UserTable({ users }: { users: UserView[] }) {
  const { t } = useTranslation("admin");
  const columns = useColumns();
  const mayRoles = mayManage(useMe(), "roles");
  const [search, setSearch] = useUrl();
  const [words, setWords] = useWords();
  const roles = useRoles();
  const role = one(search.role);
  const state = one(search.state);
  const needle = plain(words.trim());
  const found = users
    .filter((u) => !needle || [u.name, u.login, u.email].some((text) => plain(text).includes(needle)))
    .filter((u) => !role || u.roles.includes(role))
    .filter((u) => !state || state === u.state)
    .sort((a, b) => compare(a.name, b.name));
  return (
    <>
      <search className={classes.filters}>
        <TextInput
          aria-label={t("user.search")}
          placeholder={t("user.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={words}
          onChange={(e) => setWords(e.currentTarget.value)}
        />
        {mayRoles && (
          <Select
            aria-label={t("user.roles")}
            placeholder={t("user.anyRole")}
            clearable
            data={roleOptions(roles)}
            value={role || null}
            onChange={(value) => setSearch({ role: value ?? undefined })}
          />
        )}
        <Select
          aria-label={t("user.state")}
          placeholder={t("user.anyState")}
          clearable
          data={STATES.map((value) => ({ value, label: t(`admin:user.is.${value}`) }))}
          value={state || null}
          onChange={(value) => setSearch({ state: value ?? undefined })}
        />
      </search>
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {t("count.found", { count: found.length })}
        </Text>
      </Group>
      {found.length === 0 ? (
        <Empty title={t("user.none")}>{t("user.noneText")}</Empty>
      ) : (
        <Rows label={t("card.users.name")} columns={columns} rows={found} keyOf={(u) => u.id} />
      )}
    </>
  );
}

// Who signs in for a partner: invited here, and looked after where all users are.
import { Anchor, Button, Select, Text, TextInput } from "@mantine/core";
import {
  IconCircleCheck,
  IconClockOff,
  IconMail,
  IconPlus,
  IconShieldOff,
  IconUserOff,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { components } from "@/api/schema";
import type { Partner } from "@/api/types";
import { currentLang } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { userPath } from "@/lib/paths";
import { Empty, Fact } from "@/ui/States";
import classes from "../Admin.module.css";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { Invited } from "../users/Invitation";
import { LoginField } from "../users/LoginField";
import { useUserNames } from "../users/UserFields";

type PartnerUser = NonNullable<Partner["users"]>[number];
type UserMade = components["schemas"]["UserMade"];

export function PartnerUsers({ partner, may }: { partner: Partner; may: boolean }) {
  const { t } = useTranslation("partners");
  const [adding, setAdding] = useState(false);
  const columns = useColumns();
  const users = partner.users ?? [];
  return (
    <Panel
      title={t("users")}
      about={t("usersAbout")}
      actions={
        may &&
        partner.active && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("invite")}
          </Button>
        )
      }
    >
      {users.length === 0 ? (
        <Empty title={t("noUsers")}>{t("noUsersText")}</Empty>
      ) : (
        <Rows label={t("users")} columns={columns} rows={users} keyOf={({ id }) => id} />
      )}
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t("invite")} size="lg">
        <Invite partner={partner} onClose={() => setAdding(false)} />
      </FormDialog>
    </Panel>
  );
}

function useColumns(): Column<PartnerUser>[] {
  const { t } = useTranslation("partners");
  const may = mayManage(useMe(), "users");
  return [
    {
      key: "name",
      label: t("admin:user.name"),
      sort: ({ name }) => name,
      cell: ({ id, name }) =>
        may ? (
          <Anchor component={Link} to={userPath(id)} size="sm" fw={500}>
            {name}
          </Anchor>
        ) : (
          name
        ),
    },
    { key: "state", label: t("state"), cell: (user) => <State user={user} /> },
    { key: "factor", label: t("factor"), cell: (user) => <Factor user={user} /> },
  ];
}

function stateOf({ active, ended, signs_in }: PartnerUser) {
  if (ended) return ["muted", IconClockOff, "ended"] as const;
  if (!active) return ["warn", IconUserOff, "suspended"] as const;
  if (signs_in) return ["ok", IconCircleCheck, "active"] as const;
  return ["muted", IconMail, "invited"] as const;
}

function State({ user }: { user: PartnerUser }) {
  const { t } = useTranslation("partners");
  const [kind, Icon, word] = stateOf(user);
  return (
    <Fact kind={kind}>
      <Icon size={14} aria-hidden />
      {t(`partners:userIs.${word}`)}
    </Fact>
  );
}

function Factor({ user }: { user: PartnerUser }) {
  const { t } = useTranslation("partners");
  // Whoever comes in by a provider alone may have shown a factor there; here there is none.
  if (!user.has_factor && user.providers.length > 0)
    return <Fact kind="muted">{t("factorThere", { names: user.providers.join(", ") })}</Fact>;
  return (
    <Fact kind={user.has_factor ? "ok" : "muted"}>
      {user.has_factor ? <IconCircleCheck size={14} aria-hidden /> : <IconShieldOff size={14} aria-hidden />}
      {t(user.has_factor ? "hasFactor" : "noFactor")}
    </Fact>
  );
}

interface Draft {
  login: string;
  name: string;
  email: string;
  lang: "pl" | "en";
}

function Invite({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const client = useQueryClient();
  const names = useUserNames();
  const [draft, setDraft] = useState<Draft>({ login: "", name: "", email: "", lang: currentLang() });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const make = useMutation({
    mutationFn: () =>
      request<UserMade>("POST", "/users", { body: { ...draft, partner: partner.id, invite: {} } }),
    onSuccess: () => {
      for (const kind of ["users", "partners"]) void client.invalidateQueries({ queryKey: [kind] });
    },
  });
  const problem = problemOf(make.error);
  if (make.data)
    return (
      <DialogDone onClose={onClose}>
        <Text size="sm" role="status">
          {t("invited", { name: make.data.name })}
        </Text>
        {make.data.invitation && <Invited by={make.data.invitation} email={make.data.email} />}
      </DialogDone>
    );
  return (
    <DialogForm button={t("invite")} sending={make} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <LoginField
          value={draft.login}
          error={problem?.issue("login")}
          onChange={(login) => change({ login })}
        />
        <TextInput
          label={t("admin:user.name")}
          error={problem?.issue("name")}
          autoComplete="off"
          required
          maxLength={250}
          value={draft.name}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <TextInput
          label={t("admin:user.email")}
          error={problem?.issue("email")}
          type="email"
          autoComplete="off"
          required
          value={draft.email}
          onChange={(e) => change({ email: e.currentTarget.value })}
        />
        <Select
          label={t("admin:user.lang")}
          allowDeselect={false}
          data={[
            { value: "pl", label: "Polski" },
            { value: "en", label: "English" },
          ]}
          value={draft.lang}
          onChange={(lang) => change({ lang: lang === "en" ? "en" : "pl" })}
        />
        <Text size="sm" c="dimmed" className={classes.wide}>
          {t("inviteText")}
        </Text>
      </div>
    </DialogForm>
  );
}

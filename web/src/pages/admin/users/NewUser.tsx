import { Anchor, Checkbox, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { components } from "@/api/schema";
import { currentLang } from "@/i18n";
import { userPath } from "@/lib/paths";
import classes from "../Admin.module.css";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { Invited } from "./Invitation";
import { LoginField } from "./LoginField";
import { type UserDraft, UserFields, useUserNames } from "./UserFields";

type UserMade = components["schemas"]["UserMade"];

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewUser({ opened, onClose }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("user.add")} size="lg">
      <Form onClose={onClose} />
    </FormDialog>
  );
}

const empty = (): UserDraft => ({ name: "", email: "", lang: currentLang(), team: "", roles: [] });

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const [login, setLogin] = useState("");
  const [draft, setDraft] = useState(empty);
  const [invites, setInvites] = useState(true);
  const names = useUserNames();
  const make = useMutation({
    mutationFn: () =>
      request<UserMade>("POST", "/users", {
        body: { ...draft, login, ...(invites && { invite: {} }) },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["users"] });
      void client.invalidateQueries({ queryKey: ["colleagues"] });
    },
  });
  const problem = problemOf(make.error);
  if (make.data) return <Made user={make.data} onClose={onClose} />;
  return (
    <DialogForm button={t("user.add")} sending={make} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <LoginField value={login} error={problem?.issue("login")} onChange={setLogin} />
        <UserFields
          value={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          problem={problem}
        />
        <Checkbox
          label={t("user.invite")}
          description={t("user.inviteHelp")}
          className={classes.wide}
          checked={invites}
          onChange={(e) => setInvites(e.currentTarget.checked)}
        />
      </div>
    </DialogForm>
  );
}

function Made({ user, onClose }: { user: UserMade; onClose: () => void }) {
  const { t } = useTranslation("admin");
  return (
    <DialogDone onClose={onClose}>
      <Text size="sm" role="status">
        {t("user.made")}{" "}
        <Anchor component={Link} to={userPath(user.id)} size="sm">
          {user.name}
        </Anchor>
      </Text>
      {user.invitation && <Invited by={user.invitation} email={user.email} />}
    </DialogDone>
  );
}

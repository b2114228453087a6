import { Anchor, Button, Checkbox, Group, PasswordInput, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { components } from "@/api/schema";
import { currentLang } from "@/i18n";
import { userPath } from "@/lib/paths";
import classes from "../Admin.module.css";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { makePassword } from "../parts/password";
import { Secret } from "../parts/Secret";
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
  const [password, setPassword] = useState(makePassword);
  const [invites, setInvites] = useState(false);
  const names = useUserNames();
  const make = useMutation({
    mutationFn: () =>
      request<UserMade>("POST", "/users", {
        body: { ...draft, login, ...(invites ? { invite: {} } : { password: password || undefined }) },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["users"] });
      void client.invalidateQueries({ queryKey: ["colleagues"] });
    },
  });
  const problem = make.error instanceof Problem ? make.error : null;
  if (make.data) return <Made user={make.data} password={invites ? "" : password} onClose={onClose} />;
  return (
    <DialogForm button={t("user.add")} sending={make} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <TextInput
          label={t("user.login")}
          description={t("user.loginHelp")}
          error={problem?.issue("login")}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          data-autofocus
          className={classes.wide}
          value={login}
          onChange={(e) => setLogin(e.currentTarget.value)}
        />
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
        {!invites && (
          <FirstPassword value={password} onChange={setPassword} error={problem?.issue("password")} />
        )}
      </div>
    </DialogForm>
  );
}

interface PasswordProps {
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

/** A password for somebody else, made by chance unless typed. */
export function FirstPassword({ value, onChange, error }: PasswordProps) {
  const { t } = useTranslation("admin");
  return (
    <Group align="flex-end" gap="sm" className={classes.wide}>
      <PasswordInput
        label={t("user.firstPassword")}
        description={t("user.firstPasswordHelp")}
        error={error}
        aria-invalid={Boolean(error) || undefined}
        autoComplete="new-password"
        value={value}
        onChange={(e) => onChange(e.currentTarget.value)}
        style={{ flex: "1 1 260px" }}
      />
      <Button variant="default" onClick={() => onChange(makePassword())}>
        {t("user.another")}
      </Button>
    </Group>
  );
}

function Made({ user, password, onClose }: { user: UserMade; password: string; onClose: () => void }) {
  const { t } = useTranslation("admin");
  return (
    <DialogDone onClose={onClose}>
      <Text size="sm" role="status">
        {t("user.made")}{" "}
        <Anchor component={Link} to={userPath(user.id)} size="sm">
          {user.name}
        </Anchor>
      </Text>
      {user.invitation?.mailed && <Text size="sm">{t("user.mailed", { email: user.email })}</Text>}
      {user.invitation?.link && (
        <Secret label={t("user.link")} value={user.invitation.link}>
          {t("user.giveLink")}
        </Secret>
      )}
      {password && (
        <Secret label={t("user.firstPassword")} value={password}>
          {t("user.giveIt")}
        </Secret>
      )}
    </DialogDone>
  );
}

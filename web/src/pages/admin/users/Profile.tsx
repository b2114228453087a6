import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { partnersQuery } from "@/api/queries";
import type { User, UserView } from "@/api/types";
import { mayManage, useMe, useTeamNames } from "@/lib/entities";
import { partnerPath } from "@/lib/paths";
import { done, failed } from "@/lib/undo";
import { Failed } from "@/ui/States";
import { look, needsSecond } from "@/ui/secondPerson";
import classes from "../Admin.module.css";
import { FormDialog } from "../parts/FormDialog";
import { Facts, Panel } from "../parts/Panel";
import { roleOptions, useRoles } from "../parts/useRoles";
import { WhomItChanges } from "../roles/WhomItChanges";
import { Accounts } from "./Accounts";
import { EmailChange } from "./EmailChange";
import { Factors } from "./Factors";
import { Invitation, Invite } from "./Invitation";
import { Leaving } from "./Leaving";
import { usePatchUser } from "./patch";
import { Records } from "./Records";
import { State } from "./State";
import { Suspend } from "./Suspend";
import { type UserDraft, UserFields, useUserNames } from "./UserFields";

interface Props {
  user: UserView;
  /** What was typed and is not saved yet. */
  touched: Partial<UserDraft>;
  onTouched: (touched: Partial<UserDraft>) => void;
}

export function Profile({ user, touched, onTouched }: Props) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "users", "manage");
  const [handing, setHanding] = useState(false);
  return (
    <Stack>
      <Panel title={t("user.data")} actions={<State user={user} />}>
        <Facts
          items={[
            [t("user.login"), user.login],
            [t("partners:one"), user.partner && <PartnerName key="partner" id={user.partner} />],
          ]}
        />
        <EmailChange user={user} />
        <EditForm user={user} readOnly={!may} touched={touched} setTouched={onTouched} />
      </Panel>
      <Factors user={user} />
      {may && (user.state === "invited" || user.state === "passwordless") && <Invitation user={user} />}
      <Accounts user={user} />
      <Records user={user} opened={handing} onOpen={setHanding} />
      {may && <Access user={user} onHandOver={() => setHanding(true)} />}
    </Stack>
  );
}

/** The way to the partner whose user it is. */
function PartnerName({ id }: { id: string }) {
  const partners = useQuery(partnersQuery).data ?? [];
  return (
    <Anchor component={Link} to={partnerPath(id)} inherit>
      {partners.find((partner) => partner.id === id)?.name ?? "…"}
    </Anchor>
  );
}

const same = (a: unknown, b: unknown) =>
  Array.isArray(a) && Array.isArray(b) ? [...a].sort().join() === [...b].sort().join() : a === b;

interface EditProps {
  user: User;
  readOnly: boolean;
  touched: Partial<UserDraft>;
  setTouched: (touched: Partial<UserDraft>) => void;
}

/** Only what was touched is sent, so that another's change of the rest stays. */
function EditForm({ user, readOnly, touched, setTouched }: EditProps) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const patch = usePatchUser();
  const names = useUserNames();
  const [conflict, setConflict] = useState(false);
  const note = useTheirs(user, touched, conflict);
  const changes = Object.fromEntries(
    Object.entries(touched).filter(([name, value]) => !same(value, user[name as keyof UserDraft])),
  ) as Partial<UserDraft>;
  const save = useMutation({
    mutationFn: () => patch(user.id, user.version, changes),
    onSuccess: (now) => {
      const old = Object.fromEntries(
        Object.keys(changes).map((name) => [name, user[name as keyof UserDraft]]),
      );
      setTouched({});
      setConflict(false);
      // Another address waits to be confirmed, and is taken back where it stands.
      if (changes.email !== undefined && now.email === user.email) done(t("emailChange.sent"));
      else done(t("user.saved"), () => patch(user.id, now.version, old));
    },
    onError: (error) => {
      setConflict(error instanceof Problem && error.status === 412);
      if (needsSecond(error)) void ask().catch(failed);
    },
  });
  // What nobody has to approve is saved, so that the rest alone is asked for.
  const ask = async () => {
    const { roles, team, ...rest } = changes;
    const free = Object.keys(rest).length > 0;
    const { version } = free ? await patch(user.id, user.version, rest) : user;
    if (free) setTouched({ ...(roles && { roles }), ...(team && { team }) });
    const act = { user_roles: { user: user.id, version, roles: roles ?? user.roles, team } };
    look(client, { act, button: t("common:save"), run: () => patch(user.id, version, { roles, team }) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const dirty = Object.keys(changes).length > 0;
  const problem = save.error instanceof Problem && save.error.status !== 412 ? save.error : null;
  return (
    <form onSubmit={submit}>
      <Stack>
        {conflict && (
          <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
            {t("conflict")}
          </Alert>
        )}
        <div className={classes.form}>
          <UserFields
            value={{ ...user, ...touched }}
            onChange={(change) => setTouched({ ...touched, ...change })}
            problem={problem}
            note={note}
            disabled={readOnly}
            guest={user.partner !== undefined}
          />
        </div>
        {problem && <Failed error={problem} names={names} />}
        {!readOnly && (changes.team || changes.roles) && (
          <WhomItChanges
            path={`/users/${user.id}`}
            version={user.version}
            body={{ team: changes.team, roles: changes.roles }}
          />
        )}
        {!readOnly && (
          <Group>
            <Button type="submit" disabled={!dirty} loading={save.isPending}>
              {t("common:save")}
            </Button>
            {dirty && (
              <Button
                variant="default"
                onClick={() => {
                  setTouched({});
                  setConflict(false);
                }}
              >
                {t("revert")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** After a conflict: what now stands at the server in the fields that were touched. */
function useTheirs(user: User, touched: Partial<UserDraft>, conflict: boolean) {
  const { t } = useTranslation("admin");
  const team = useTeamNames();
  const roles = useRoles();
  const words: Record<keyof UserDraft, string> = {
    name: user.name,
    email: user.email,
    lang: user.lang === "pl" ? "Polski" : "English",
    team: team(user.team),
    roles: roleOptions(roles.filter((r) => user.roles.includes(r.id)))
      .map((r) => r.label)
      .join(", "),
  };
  return (field: keyof UserDraft) =>
    conflict && field in touched && !same(touched[field], user[field])
      ? t("theirs", { value: words[field] || "–" })
      : undefined;
}

function Access({ user, onHandOver }: { user: UserView; onHandOver: () => void }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const patch = usePatchUser();
  const [password, setPassword] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [suspending, setSuspending] = useState(false);
  const shut = user.state === "suspended";
  const activate = async () => {
    const now = await patch(user.id, user.version, { active: true });
    done(t("user.activated"), () => patch(user.id, now.version, { active: false }));
  };
  return (
    <Panel title={t("user.access")}>
      <Group align="flex-start">
        {(user.state === "active" || user.state === "leaving") && user.id !== me.user.id && (
          <Button variant="default" onClick={() => setPassword(true)}>
            {t("invitation.instead")}
          </Button>
        )}
        {!shut && (
          <Button variant="default" onClick={() => setLeaving(true)}>
            {user.ends_at ? t("leaving.change") : t("leaving.plan")}
          </Button>
        )}
        {!shut ? (
          <Button variant="light" color="red" onClick={() => setSuspending(true)}>
            {t("user.suspend")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => activate().catch(failed)}>
            {t("user.activate")}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" maw={720}>
        {shut ? t("user.suspendedText") : t("user.accessText")}
      </Text>
      <FormDialog opened={password} onClose={() => setPassword(false)} title={t("invitation.instead")}>
        <Invite instead user={user} onClose={() => setPassword(false)} />
      </FormDialog>
      <Leaving user={user} opened={leaving} onClose={() => setLeaving(false)} onHandOver={onHandOver} />
      <Suspend user={user} opened={suspending} onClose={() => setSuspending(false)} onHandOver={onHandOver} />
    </Panel>
  );
}

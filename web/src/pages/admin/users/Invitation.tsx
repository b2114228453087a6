import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import type { components } from "@/api/schema";
import type { User, UserView } from "@/api/types";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Panel";
import { Secret } from "../parts/Secret";

type Sent = components["schemas"]["Invitation"];

/** For who has no password yet: inviting, also anew, and taking that back. */
export function Invitation({ user }: { user: UserView }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const withdraw = () =>
    confirmAct({
      title: t("invitation.withdrawTitle", { name: user.name }),
      consequence: t("invitation.withdrawText"),
      button: t("invitation.withdraw"),
      run: async () => {
        await request("DELETE", `/users/${user.id}/invitation`);
        await client.invalidateQueries({ queryKey: ["users"] });
        done(t("invitation.withdrawn"));
      },
    });
  const invited = user.state === "invited";
  return (
    <Panel title={t("invitation.title")}>
      <Group>
        <Button variant="default" onClick={() => setInviting(true)}>
          {invited ? t("invitation.again") : t("invitation.invite")}
        </Button>
        {invited && (
          <Button variant="light" color="red" onClick={withdraw}>
            {t("invitation.withdraw")}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" maw={720}>
        {invited ? t("invitation.waits") : t("invitation.none")}
      </Text>
      <FormDialog opened={inviting} onClose={() => setInviting(false)} title={t("invitation.invite")}>
        <Invite user={user} onClose={() => setInviting(false)} />
      </FormDialog>
    </Panel>
  );
}

interface InviteProps {
  user: User;
  /** The password that the user has is taken away. */
  instead?: boolean;
  onClose: () => void;
}

/** Sends a link by which a password is chosen: the first one, or another one. */
export function Invite({ user, instead = false, onClose }: InviteProps) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: async () => {
      // Where the invitation failed before, the password is gone already.
      const gone = (error: unknown) => {
        if (!(error instanceof Problem) || error.status !== 404) throw error;
      };
      if (instead) await request("DELETE", `/users/${user.id}/password`).catch(gone);
      return request<Sent>("POST", `/users/${user.id}/invitation`, { body: {} });
    },
    // Also if only the first of both was done.
    onSettled: () => void client.invalidateQueries({ queryKey: ["users"] }),
  });
  if (invite.data)
    return (
      <DialogDone onClose={onClose}>
        <Invited by={invite.data} email={user.email} />
      </DialogDone>
    );
  return (
    <DialogForm
      button={instead ? t("invitation.insteadSend") : t("invitation.send")}
      danger={instead}
      sending={invite}
      names={{}}
      onCancel={onClose}
    >
      <Text size="sm">
        {instead
          ? t("invitation.insteadText", { name: user.name })
          : t("invitation.text", { name: user.name })}
      </Text>
    </DialogForm>
  );
}

/** That a letter left, or the link itself, this once. */
export function Invited({ by, email }: { by: Sent; email: string }) {
  const { t } = useTranslation("admin");
  return (
    <>
      {by.mailed && (
        <Text size="sm" role="status">
          {t("user.mailed", { email })}
        </Text>
      )}
      {by.link && (
        <Secret label={t("user.link")} value={by.link}>
          {t("user.giveLink")}
        </Secret>
      )}
    </>
  );
}

import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { components } from "@/api/schema";
import type { UserView } from "@/api/types";
import { done } from "@/lib/undo";
import { confirmAct } from "../parts/confirmAct";
import { DialogDone, DialogForm, FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Panel";
import { Secret } from "../parts/Secret";

type Invited = components["schemas"]["Invitation"];

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

function Invite({ user, onClose }: { user: UserView; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: () => request<Invited>("POST", `/users/${user.id}/invitation`, { body: {} }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ["users"] }),
  });
  if (invite.data)
    return (
      <DialogDone onClose={onClose}>
        {invite.data.mailed && (
          <Text size="sm" role="status">
            {t("user.mailed", { email: user.email })}
          </Text>
        )}
        {invite.data.link && (
          <Secret label={t("user.link")} value={invite.data.link}>
            {t("user.giveLink")}
          </Secret>
        )}
      </DialogDone>
    );
  return (
    <DialogForm button={t("invitation.send")} sending={invite} names={{}} onCancel={onClose}>
      <Text size="sm">{t("invitation.text", { name: user.name })}</Text>
    </DialogForm>
  );
}

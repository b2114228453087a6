import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { FactorReset, User, UserFactors } from "@/api/types";
import { mayManage, useMe, useNames } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { DialogForm, FormDialog } from "../parts/FormDialog";

/** Characters of a reason. */
const [SHORTEST, LONGEST] = [10, 500];

interface Props {
  user: User;
  factors: UserFactors;
}

/** For who has lost all factors: one administrator asks to have them removed, another one confirms. */
export function Reset({ user, factors: { kinds, reset } }: Props) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const [asking, setAsking] = useState(false);
  if (user.id === me.user.id || !mayManage(me, "users", "manage")) return null;
  if (reset) return <Open user={user} reset={reset} />;
  if (kinds.passkey + kinds.totp === 0) return null;
  return (
    <>
      <Group>
        <Button variant="light" color="red" onClick={() => setAsking(true)}>
          {t("reset.ask")}
        </Button>
      </Group>
      <FormDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("reset.title", { name: user.name })}
      >
        <AskForm user={user} onClose={() => setAsking(false)} />
      </FormDialog>
    </>
  );
}

function useAgain(user: User): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ["users", user.id] });
}

function AskForm({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useTranslation("admin");
  const again = useAgain(user);
  const [reason, setReason] = useState("");
  const ask = useMutation({
    mutationFn: () =>
      request<FactorReset>("POST", `/users/${user.id}/factors/reset`, { body: { reason: reason.trim() } }),
    onSuccess: () => {
      void again();
      onClose();
      done(t("reset.asked"));
    },
  });
  const problem = problemOf(ask.error);
  return (
    <DialogForm
      button={t("reset.ask")}
      danger
      disabled={reason.trim().length < SHORTEST}
      sending={ask}
      names={{ reason: t("reset.reason") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("reset.text")}</Text>
      <Textarea
        label={t("reset.reason")}
        description={t("reset.reasonHelp")}
        required
        data-autofocus
        autosize
        minRows={2}
        maxRows={6}
        maxLength={LONGEST}
        value={reason}
        error={problem?.issue("reason")}
        onChange={(e) => setReason(e.currentTarget.value)}
      />
    </DialogForm>
  );
}

/** Asked for and not decided yet. */
function Open({ user, reset }: { user: User; reset: FactorReset }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const name = useNames();
  const again = useAgain(user);
  const own = reset.asked_by === me.user.id;
  const path = `/users/${user.id}/factors/reset`;
  const act = (method: "POST" | "DELETE", said: string) => async () => {
    await request(method, method === "POST" ? `${path}/confirm` : path);
    await again();
    done(said);
  };
  const confirm = () =>
    confirmAct({
      title: t("reset.confirmTitle", { name: user.name }),
      consequence: t("reset.confirmText"),
      button: t("reset.confirm"),
      run: act("POST", t("reset.done")),
    });
  const end = () =>
    confirmAct({
      title: own ? t("reset.withdrawTitle") : t("reset.refuseTitle"),
      consequence: t("reset.endText", { name: user.name }),
      button: own ? t("reset.withdraw") : t("reset.refuse"),
      run: act("DELETE", t("reset.ended")),
    });
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("reset.open", { who: name(reset.asked_by) || t("common:unknownUser") })}
    >
      <Stack gap="sm">
        <Text size="sm">{t("reset.said", { reason: reset.reason, date: dateTime(reset.ends_at) })}</Text>
        {own && <Text size="sm">{t("reset.other")}</Text>}
        <Group gap="sm">
          {!own && (
            <Button color="red" onClick={confirm}>
              {t("reset.confirm")}
            </Button>
          )}
          <Button variant="default" onClick={end}>
            {own ? t("reset.withdraw") : t("reset.refuse")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

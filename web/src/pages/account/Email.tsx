import { Alert, Button, Group, List, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconMail } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import { waysQuery } from "@/api/queries";
import type { EmailState } from "@/api/types";
import { dateTime } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { Panel } from "@/pages/admin/parts/Panel";
import { confirmAct } from "@/ui/confirmAct";
import { Fact, Ready } from "@/ui/States";
import { emailQuery } from "./queries";

/** The own address: whether letters arrive there, and another one. */
export function Email() {
  const { t } = useTranslation("account");
  const email = useQuery(emailQuery);
  const ways = useQuery(waysQuery);
  return (
    <Panel title={t("address.title")} about={t("address.about")}>
      <Ready query={email} rows={2}>
        {(found) => (
          <>
            <Group gap="sm">
              <Text size="sm" fw={500}>
                {found.email}
              </Text>
              <Confirmed confirmed={found.confirmed} />
            </Group>
            {found.pending && <Pending pending={found.pending} moves={found.pending.email !== found.email} />}
            {ways.data?.resets ? (
              <Acts state={found} />
            ) : (
              <Text size="sm" c="dimmed">
                {t("address.noMail")}
              </Text>
            )}
          </>
        )}
      </Ready>
    </Panel>
  );
}

function Confirmed({ confirmed }: { confirmed: boolean }) {
  const { t } = useTranslation("account");
  return confirmed ? (
    <Fact kind="ok">
      <IconCircleCheck size={14} aria-hidden />
      {t("address.confirmed")}
    </Fact>
  ) : (
    <Fact kind="warn">
      <IconAlertTriangle size={14} aria-hidden />
      {t("address.unconfirmed")}
    </Fact>
  );
}

type PendingState = NonNullable<EmailState["pending"]>;

/** What another address still waits for. */
function Pending({ pending, moves }: { pending: PendingState; moves: boolean }) {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const withdraw = async () => {
    await request("DELETE", "/me/email");
    await client.invalidateQueries(emailQuery);
    done(t("address.withdrawn"));
  };
  const lose = () =>
    confirmAct({
      title: t("address.lostTitle"),
      consequence: t("address.lostText"),
      button: t("address.lost"),
      run: async () => {
        client.setQueryData(emailQuery.queryKey, await request<EmailState>("POST", "/me/email/lost"));
        await client.invalidateQueries(emailQuery);
      },
    });
  return (
    <Alert color="blue" variant="light" icon={<IconMail aria-hidden />} role="status">
      <Text size="sm">{t("address.pending", { email: pending.email, date: dateTime(pending.ends_at) })}</Text>
      {moves && (
        <List size="sm" mt="xs">
          <List.Item>{pending.reached ? t("address.newConfirmed") : t("address.newAwaited")}</List.Item>
          {pending.old !== "unasked" && <List.Item>{t(`address.old.${pending.old}`)}</List.Item>}
        </List>
      )}
      <Group gap="sm" mt="xs">
        <Button size="xs" variant="default" onClick={() => withdraw().catch(failed)}>
          {t("address.withdraw")}
        </Button>
        {pending.old === "awaited" && (
          <Button
            size="xs"
            variant="default"
            h="auto"
            mih={30}
            py={4}
            styles={{ label: { whiteSpace: "normal" } }}
            onClick={lose}
          >
            {t("address.lost")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function useAsk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (email: string) => request<EmailState>("PUT", "/me/email", { body: { email } }),
    onSuccess: (state) => client.setQueryData(emailQuery.queryKey, state),
  });
}

function Acts({ state }: { state: EmailState }) {
  const { t } = useTranslation("account");
  const [changing, setChanging] = useState(false);
  const confirm = useAsk();
  return (
    <Group>
      {!state.confirmed && !state.pending && (
        <Button
          variant="default"
          loading={confirm.isPending}
          onClick={() => confirm.mutate(state.email, { onError: failed })}
        >
          {t("address.confirm")}
        </Button>
      )}
      <Button variant="default" onClick={() => setChanging(true)}>
        {t("address.change")}
      </Button>
      <FormDialog opened={changing} onClose={() => setChanging(false)} title={t("address.change")}>
        <Change onClose={() => setChanging(false)} />
      </FormDialog>
    </Group>
  );
}

function Change({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("account");
  const [email, setEmail] = useState("");
  const ask = useAsk();
  const problem = problemOf(ask.error);
  return (
    <DialogForm
      button={t("address.send")}
      disabled={!email.trim()}
      sending={{ ...ask, mutate: () => ask.mutate(email, { onSuccess: onClose }) }}
      names={{ email: t("email") }}
      onCancel={onClose}
    >
      <Text size="sm">{t("address.changeText")}</Text>
      <TextInput
        label={t("address.new")}
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="email"
        required
        data-autofocus
        maxLength={254}
        value={email}
        error={problem?.issue("email")}
        onChange={(e) => setEmail(e.currentTarget.value)}
      />
    </DialogForm>
  );
}

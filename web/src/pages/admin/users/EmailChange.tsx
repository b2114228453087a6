import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { UserView } from "@/api/types";
import { mayManage, useMe, useNames } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";

type Answer = "lost" | "agree" | "decline";

/** Another address of somebody, until it is confirmed, and what whoever manages users may say of it. */
export function EmailChange({ user }: { user: UserView }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  const name = useNames();
  const client = useQueryClient();
  const change = user.email_change;
  if (!change) return null;
  const who = (id: string | undefined) => (id && name(id)) || t("common:unknownUser");
  const say = (answer: Answer) => () =>
    confirmAct({
      title: t(`emailChange.${answer}Title`, { name: user.name }),
      consequence: t(`emailChange.${answer}Text`, { email: change.email }),
      button: t(`emailChange.${answer}`),
      run: async () => {
        await request("POST", `/users/${user.id}/email-change`, { body: { answer } });
        await client.invalidateQueries({ queryKey: ["users"] });
        done(t(`emailChange.${answer}Done`));
      },
    });
  return (
    <Alert
      color="blue"
      variant="light"
      icon={<IconMail aria-hidden />}
      title={t("emailChange.title", { email: change.email })}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t("emailChange.asked", { who: who(change.asked_by), date: dateTime(change.ends_at) })}
        </Text>
        <List size="sm">
          <List.Item>
            {change.reached ? t("emailChange.newConfirmed") : t("emailChange.newAwaited")}
          </List.Item>
          <List.Item>{t(`emailChange.old.${change.old}`, { who: who(change.lost_by) })}</List.Item>
        </List>
        {mayManage(me, "users", "manage") && user.id !== me.user.id && (
          <Group gap="sm">
            {change.old === "second" && change.lost_by !== me.user.id && (
              <Button onClick={say("agree")}>{t("emailChange.agree")}</Button>
            )}
            {change.old === "awaited" && (
              <Button variant="default" onClick={say("lost")}>
                {t("emailChange.lost")}
              </Button>
            )}
            <Button variant="default" onClick={say("decline")}>
              {t("emailChange.decline")}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

import { Button, Group, Modal, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, onUse } from "@/api/client";
import type { Me } from "@/api/types";
import { useMe } from "@/lib/entities";
import { failed } from "@/lib/undo";
import { useSignOut } from "./ProfileMenu";

/** Said this long before the session ends (WCAG 2.2.1 asks for at least 20 s). */
const WARNING_MS = 120_000;

/** Announces the session's end, and extends it where that is possible. */
export function SessionWatch() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const signOut = useSignOut();
  const used = useRef(Date.now());
  const [left, setLeft] = useState<number | null>(null);
  useEffect(
    () =>
      onUse(() => {
        used.current = Date.now();
      }),
    [],
  );
  useEffect(() => {
    const idle = (me.session_idle_s || 1800) * 1000;
    const last = new Date(me.session_ends_at).getTime();
    const look = () => {
      const end = Math.min(used.current + idle, last);
      const rest = end - Date.now();
      setLeft(rest < WARNING_MS ? Math.max(0, Math.ceil(rest / 1000)) : null);
      if (rest <= 0) void client.invalidateQueries({ queryKey: ["me"] });
    };
    const timer = window.setInterval(look, 1000);
    return () => window.clearInterval(timer);
  }, [me, client]);
  const extend = async () => {
    try {
      client.setQueryData(["me"], await get<Me>("/me"));
      setLeft(null);
    } catch (error) {
      failed(error);
    }
  };
  const final = new Date(me.session_ends_at).getTime() - Date.now() < WARNING_MS;
  return (
    <Modal
      opened={left !== null}
      onClose={() => void extend()}
      title={t("session.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Text size="sm" role="timer">
        {t(final ? "session.final" : "session.text", { count: left ?? 0 })}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => void signOut()}>
          {t("profile.signOut")}
        </Button>
        {!final && (
          <Button data-autofocus onClick={() => void extend()}>
            {t("session.extend")}
          </Button>
        )}
      </Group>
    </Modal>
  );
}

import { Button, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Asks before a note or a value in progress is left behind. Another tab of the same record keeps them. */
export function LeaveGuard({ isDirty }: { isDirty: () => boolean }) {
  const { t } = useTranslation("record");
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Modal opened={status === "blocked"} onClose={() => reset?.()} title={t("leave.title")} size="sm">
      <Text size="sm" mb="lg">
        {t("leave.text")}
      </Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={() => proceed?.()}>
          {t("leave.go")}
        </Button>
        <Button data-autofocus onClick={() => reset?.()}>
          {t("leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "@/ui/returnFocus";

interface Props {
  title: string;
  max?: number;
  onLost: (reason: string) => void;
  onCancel: () => void;
}

/** Why a deal was lost; may be left empty. */
export function LostDialog({ title, max, onLost, onCancel }: Props) {
  const { t } = useTranslation("deals");
  useReturnFocus();
  const [reason, setReason] = useState("");
  const lose = () => onLost(reason.trim());
  return (
    <Modal
      opened
      onClose={onCancel}
      title={t("lost.title", { title })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack>
        <Textarea
          data-autofocus
          label={t("lost.reason")}
          description={t("lost.optional")}
          maxLength={max}
          autosize
          minRows={2}
          maxRows={6}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) lose();
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
          <Button onClick={lose}>{t("lost.button")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

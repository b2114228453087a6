import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Fields } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { useReturnFocus } from "@/ui/returnFocus";
import { useHere } from "../here";

/** A lost deal is asked for its reason, in the same act. */
export function LostDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { entity, record, saving } = useHere();
  const lost = fieldOf(entity, "stage")?.choices?.find((c) => c.outcome === "lost");
  const reasonField = fieldOf(entity, "lost_reason");
  const askable = reasonField && record.access.writable.includes(reasonField.name);
  const [reason, setReason] = useState(String(record.fields.lost_reason ?? ""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!lost) return;
    const fields: Fields = { stage: lost.code };
    if (askable && reason.trim()) fields.lost_reason = reason.trim();
    void saving.save({ fields }, { label: t("acts.moved", { stage: inWords(lost.label) }) });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("lost.title")} size="sm">
      <form onSubmit={submit}>
        <Stack>
          {askable && (
            <TextInput
              label={inWords(reasonField.label)}
              maxLength={reasonField.max}
              value={reason}
              onChange={(e) => setReason(e.currentTarget.value)}
              data-autofocus
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit">{t("lost.confirm")}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

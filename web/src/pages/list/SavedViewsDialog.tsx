import { Checkbox, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";

interface Props {
  /** Absent for a new one. */
  view?: SavedView;
  /** Answers whether it was saved. */
  onSave: (name: string, shared: boolean) => Promise<boolean>;
  onClose: () => void;
}

export function SavedViewsDialog({ view, onSave, onClose }: Props) {
  const { t } = useTranslation("list");
  useReturnFocus();
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const [busy, setBusy] = useState(false);
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const saved = await onSave(name.trim(), shared);
    setBusy(false);
    if (saved) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={view ? t("views.rename") : t("views.saveAs")}>
      <form onSubmit={save}>
        <Stack gap="md">
          <TextInput
            label={t("views.name")}
            required
            maxLength={100}
            data-autofocus
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox
            label={t("views.shareIt")}
            description={t("views.shareNote")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Text size="sm" c="dimmed">
            {t("views.note")}
          </Text>
          <DialogButtons button={t("common:save")} busy={busy} disabled={!name.trim()} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

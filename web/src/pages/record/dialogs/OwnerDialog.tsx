import { Modal, Select, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "@/api/types";
import { useActivePeople } from "@/ui/colleagues";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import type { Patch } from "../useSaving";

interface Props {
  owner: Id;
  onChange: (patch: Patch, label: string) => void;
  onClose: () => void;
}

/** Gives the record to somebody else; it moves to that person's team. */
export function OwnerDialog({ owner: before, onChange, onClose }: Props) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const colleagues = useActivePeople();
  const [owner, setOwner] = useState<string | null>(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!owner || owner === before) return;
    const name = colleagues.find((c) => c.value === owner)?.label ?? "";
    onChange({ owner }, t("acts.ownerChanged", { name }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("acts.owner")} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <Select
            label={t("ownerDialog.who")}
            data={colleagues}
            value={owner}
            onChange={setOwner}
            searchable
            allowDeselect={false}
            nothingFoundMessage={t("common:nothingFound")}
            data-autofocus
          />
          <Text size="sm" c="dimmed">
            {t("ownerDialog.text")}
          </Text>
          <DialogButtons
            button={t("ownerDialog.confirm")}
            disabled={!owner || owner === before}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}

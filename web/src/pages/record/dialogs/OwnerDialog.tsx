import { Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id } from "@/api/types";
import { useOwners } from "@/ui/colleagues";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { OwnerSelect } from "@/ui/UserSelect";
import type { Patch } from "../useSaving";

interface Props {
  /** Name of the record's entity. */
  entity: string;
  owner: Id;
  onChange: (patch: Patch, label: string) => void;
  onClose: () => void;
}

/** Gives the record to somebody else; it moves to that person's team. */
export function OwnerDialog({ entity, owner: before, onChange, onClose }: Props) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { people } = useOwners([entity]);
  const [owner, setOwner] = useState<string | null>(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!owner || owner === before) return;
    const name = people.find((c) => c.value === owner)?.label ?? "";
    onChange({ owner }, t("acts.ownerChanged", { name }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t("acts.owner")} size="sm">
      <form onSubmit={submit}>
        <Stack>
          <OwnerSelect
            entity={entity}
            label={t("ownerDialog.who")}
            value={owner}
            onChange={setOwner}
            allowDeselect={false}
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

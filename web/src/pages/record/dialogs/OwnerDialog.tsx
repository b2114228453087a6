import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActiveColleagues } from "@/ui/colleagues";
import { useReturnFocus } from "@/ui/returnFocus";
import { useHere } from "../here";

/** Gives the record to somebody else; it moves to that person's team. */
export function OwnerDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { record, saving } = useHere();
  const colleagues = useActiveColleagues();
  const [owner, setOwner] = useState<string | null>(record.owner.id);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!owner || owner === record.owner.id) return;
    const name = colleagues.find((c) => c.value === owner)?.label ?? "";
    void saving.save({ owner }, { label: t("acts.ownerChanged", { name }) });
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
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" disabled={!owner || owner === record.owner.id}>
              {t("ownerDialog.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

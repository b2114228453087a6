import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What was done, with the way back. */
export function UndoMessage({ label, onUndo }: { label: string; onUndo: () => void }) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{label}</Text>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {t("undo.button")}
      </Button>
    </Group>
  );
}

import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  onUndo?: () => void;
  onOpen?: () => void;
}

/** What was done, with the way to it and the way back. */
export function UndoMessage({ label, onUndo, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{label}</Text>
      <Group gap="xs" wrap="nowrap">
        {onOpen && (
          <Button size="compact-sm" variant="light" onClick={onOpen}>
            {t("open")}
          </Button>
        )}
        {onUndo && (
          <Button size="compact-sm" variant={onOpen ? "subtle" : "light"} onClick={onUndo}>
            {t("undo.button")}
          </Button>
        )}
      </Group>
    </Group>
  );
}

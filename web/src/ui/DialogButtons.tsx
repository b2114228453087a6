import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** What it does: a verb. */
  button: string;
  danger?: boolean;
  /** Whether there is nothing that could be sent yet. */
  disabled?: boolean;
  /** Whether it is being sent. */
  busy?: boolean;
  /** What leaving it is called, if not that. */
  cancel?: string;
  onCancel: () => void;
}

/** The two ways out of a form in a dialog. */
export function DialogButtons({ button, danger, disabled, busy, cancel, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onCancel}>
        {cancel ?? t("cancel")}
      </Button>
      <Button type="submit" color={danger ? "red" : undefined} disabled={disabled} loading={busy}>
        {button}
      </Button>
    </Group>
  );
}

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import i18next from "i18next";
import { failed } from "@/lib/undo";

interface Act {
  title: string;
  /** What happens then, and what does not come back. */
  consequence: string;
  /** A verb. */
  button: string;
  danger?: boolean;
  run: () => Promise<unknown>;
}

/** Asks before an act that has no way back, and names what it does. */
export function confirmAct({ title, consequence, button, danger = true, run }: Act): void {
  modals.openConfirmModal({
    title,
    children: <Text size="sm">{consequence}</Text>,
    labels: { confirm: button, cancel: i18next.t("common:cancel") },
    confirmProps: danger ? { color: "red" } : undefined,
    lockScroll: false,
    onConfirm: () => {
      run().catch(failed);
    },
  });
}

import { Text } from "@mantine/core";
import i18next from "i18next";
import { ask } from "@/lib/ask";
import { failed } from "@/lib/undo";
import { passFocus } from "./passFocus";

interface Act {
  title: string;
  /** What happens then, and what does not come back. */
  consequence: string;
  /** A verb. */
  button: string;
  danger?: boolean;
  run: () => Promise<unknown>;
}

/** The focus goes back to the button that asked, and on from there if that goes too. */
const CLOSED_MS = 150;

/** Asks before an act that has no way back, and names what it does. */
export function confirmAct({ title, consequence, button, danger = true, run }: Act): void {
  const opener = document.activeElement;
  ask({
    title,
    children: <Text size="sm">{consequence}</Text>,
    labels: { confirm: button, cancel: i18next.t("common:cancel") },
    confirmProps: danger ? { color: "red" } : undefined,
    lockScroll: false,
    onConfirm: () => {
      run().catch(failed);
      if (opener instanceof HTMLElement) window.setTimeout(() => passFocus(opener), CLOSED_MS);
    },
  });
}

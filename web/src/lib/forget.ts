// What was read, said or begun in one session is nothing for the next one in the same tab.
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { closeOverlay } from "./overlay";
import { forgetUndo } from "./undo";

/** Closes what lies over the page: messages and dialogs may name people, and act for whoever was signed in. */
export function forgetShown(): void {
  forgetUndo();
  notifications.clean();
  notifications.cleanQueue();
  modals.closeAll();
  closeOverlay();
}

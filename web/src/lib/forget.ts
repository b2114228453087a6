// What was read, said or begun in one session is nothing for the next one in the same tab.
import { modals } from "@mantine/modals";
import { notifications } from "@mantine/notifications";
import { forgetHiddenJobs } from "@/ui/jobsHidden";
import { closeOverlay } from "./overlay";
import { forgetRemembered } from "./remembered";
import { forgetUndo } from "./undo";

/** Closes what lies over the page: messages and dialogs may name people, and act for whoever was signed in. */
export function forgetShown(): void {
  forgetUndo();
  notifications.clean();
  notifications.cleanQueue();
  modals.closeAll();
  closeOverlay();
}

/** How this device shows the program, whoever uses it. */
const OF_DEVICE = ["klucznik-theme", "klucznik-lang"];

function clearStorage(): void {
  try {
    sessionStorage.clear();
    for (const key of Object.keys(localStorage)) if (!OF_DEVICE.includes(key)) localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to clear.
  }
}

/** The session is over: what it left in this browser goes, and what the page would leave when it is closed. */
export function forgetKept(): void {
  forgetRemembered();
  forgetHiddenJobs();
  clearStorage();
  window.addEventListener("pagehide", clearStorage);
}

/** Somebody is signed in again: what they leave here may wait for the page that is loaded next. */
export const keepAgain = (): void => window.removeEventListener("pagehide", clearStorage);

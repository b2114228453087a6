// Questions over the page. What draws them comes after the first page; what is asked before waits for it.
import { modals } from "@mantine/modals";

let begin: () => void;
const drawn = new Promise<void>((resolve) => {
  begin = resolve;
});

/** Told once questions can be drawn. */
export const canAsk = (): void => begin();

/** Asks before something is done. */
export const ask = (question: Parameters<typeof modals.openConfirmModal>[0]): void =>
  void drawn.then(() => modals.openConfirmModal(question));

/** Closes what is shown under this id. */
export const close = (id: string): void => modals.close(id);

/** Shows something that is closed when it was read. */
export const show = (what: Parameters<typeof modals.open>[0]): void =>
  void drawn.then(() => modals.open(what));

// Undo of the last acts of this page (Ctrl+Z). History and the bin undo too, at any later time.
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { createElement } from "react";
import { isDeclined, Problem } from "@/api/client";
import { UndoMessage } from "@/ui/UndoMessage";

interface Step {
  label: string;
  run: () => Promise<unknown>;
  /** The message that offers it, which goes once it is taken back by the keyboard. */
  message: string;
}

const steps: Step[] = [];
const MAX = 20;

export async function undoLast(): Promise<void> {
  const step = steps.pop();
  if (!step) {
    notifications.show({ message: i18next.t("common:undo.nothing") });
    return;
  }
  notifications.hide(step.message);
  try {
    await step.run();
    notifications.show({ message: i18next.t("common:undo.done", { what: step.label }) });
  } catch (error) {
    failed(error);
  }
}

/** Says that something was done; offers to take it back, and to open what came of it. */
export function done(label: string, undo?: () => Promise<unknown>, open?: () => void): void {
  if (!undo) {
    notifications.show({
      message: open ? createElement(UndoMessage, { label, onOpen: open }) : label,
      autoClose: open ? 10_000 : undefined,
    });
    return;
  }
  const id = `undo-${Date.now()}-${steps.length}`;
  const step = { label, run: undo, message: id };
  steps.push(step);
  if (steps.length > MAX) steps.shift();
  const take = () => {
    const at = steps.indexOf(step);
    if (at < 0) return;
    steps.splice(at, 1);
    steps.push(step);
    void undoLast();
  };
  notifications.show({
    id,
    autoClose: 10_000,
    message: createElement(UndoMessage, { label, onUndo: take, onOpen: open }),
  });
}

/** Says what went wrong, with the server's reason. */
export function failed(error: unknown): void {
  if (isDeclined(error)) return;
  const message = error instanceof Problem ? error.message : i18next.t("common:problem.unknown");
  const title = error instanceof Problem ? error.title : undefined;
  notifications.show({ color: "red", title, message, autoClose: 12_000 });
}

export const forgetUndo = () => {
  steps.length = 0;
};

import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { DialogButtons } from "@/ui/DialogButtons";
import { Failed } from "@/ui/States";

interface DialogProps {
  title: string;
  opened: boolean;
  size?: "md" | "lg" | "xl";
  onClose: () => void;
  /** The form, made anew each time. */
  children: ReactNode;
}

/** A dialog to fill in. A click beside it loses nothing of what was typed, nor a secret that is shown but once. */
export function FormDialog({ title, opened, size = "md", onClose, children }: DialogProps) {
  const phone = useMediaQuery("(max-width: 48em)") && size !== "md";
  return (
    <Modal {...{ title, opened, size, onClose }} fullScreen={phone} closeOnClickOutside={false}>
      {opened && children}
    </Modal>
  );
}

interface FormProps {
  /** What it does: a verb. */
  button: string;
  danger?: boolean;
  /** Whether there is nothing that could be sent yet. */
  disabled?: boolean;
  sending: { mutate: () => void; isPending: boolean; error: unknown };
  /** Labels of the fields, by the names that the server gives them. */
  names: Record<string, string>;
  /** What leaving it is called, if not that. */
  cancel?: string;
  onCancel: () => void;
  children: ReactNode;
}

/** Fields, what was refused about them, and the two ways out. */
export function DialogForm({
  button,
  danger,
  disabled,
  sending,
  names,
  cancel,
  onCancel,
  children,
}: FormProps) {
  const refused = useRef<HTMLDivElement>(null);
  // In a long form, what was refused would stay below what is to be seen.
  useEffect(() => {
    if (sending.error) refused.current?.scrollIntoView({ block: "nearest" });
  }, [sending.error]);
  return (
    <form
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      <Stack>
        {children}
        {Boolean(sending.error) && (
          <div ref={refused}>
            <Failed error={sending.error} names={names} />
          </div>
        )}
        <DialogButtons {...{ button, danger, disabled, cancel, onCancel }} busy={sending.isPending} />
      </Stack>
    </form>
  );
}

/** Once it is done: what came of it, and the way out. */
export function DialogDone({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Stack>
      {children}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t("close")}</Button>
      </Group>
    </Stack>
  );
}

import { Modal, Stack } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Loading } from "@/ui/States";

const DateField = lazy(() => import("@/ui/DateField"));

interface Props {
  title: string;
  /** `YYYY-MM-DD` */
  day: string;
  onMove: (day: string) => void;
  onClose: () => void;
}

/** The same as carrying to another day, by choosing it. */
export function MoveDialog({ title, day, onMove, onClose }: Props) {
  const { t } = useTranslation("activities");
  useReturnFocus();
  const [chosen, setChosen] = useState<string | null>(day);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("moveOf", { title })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen) onMove(chosen);
        }}
      >
        <Stack>
          <Suspense fallback={<Loading rows={1} />}>
            <DateField kind="date" label={t("newDay")} value={chosen ?? ""} onChange={setChosen} />
          </Suspense>
          <DialogButtons button={t("moveButton")} disabled={!chosen} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

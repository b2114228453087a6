import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { UserView } from "@/api/types";
import { done } from "@/lib/undo";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { usePatchUser } from "./patch";
import { FateChoice, useFate } from "./Records";

interface Props {
  user: UserView;
  opened: boolean;
  onClose: () => void;
  /** The records are to go to others. */
  onHandOver: () => void;
}

/** Asks before an account is suspended, and what becomes of the records. */
export function Suspend(props: Props) {
  const { t } = useTranslation("admin");
  const { user, opened, onClose } = props;
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("user.suspendTitle", { name: user.name })}>
      <Form {...props} />
    </FormDialog>
  );
}

function Form({ user, onClose, onHandOver }: Props) {
  const { t } = useTranslation("admin");
  const patch = usePatchUser();
  const choice = useFate(user.id);
  const suspend = useMutation({
    mutationFn: () => patch(user.id, user.version, { active: false }),
    onSuccess: (now) => {
      onClose();
      done(t("user.wasSuspended"), () => patch(user.id, now.version, { active: true }));
      if (choice.fate === "go") onHandOver();
    },
  });
  return (
    <DialogForm button={t("user.suspend")} danger sending={suspend} names={{}} onCancel={onClose}>
      <Text size="sm">{t("user.suspendText")}</Text>
      <FateChoice {...choice} />
    </DialogForm>
  );
}

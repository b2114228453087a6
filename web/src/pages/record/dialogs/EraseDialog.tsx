import { Alert, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import { DialogForm, FormDialog } from "@/pages/admin/parts/FormDialog";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { PreviewOf } from "@/ui/secondPerson";
import { useHere } from "../here";
import { type Erased, eraseAct, useActs } from "../useActs";
import classes from "./Dialogs.module.css";

const REASON_MIN = 3;

/** Spaces as they are shown: several are one. */
const plain = (text: string) => text.trim().replace(/\s+/g, " ");

interface Props {
  onClose: () => void;
  onErased: (erased: Erased) => void;
}

/** The one act that nothing brings back: the name is typed, the reason kept, and it is said what goes. */
export function EraseDialog({ onClose, onErased }: Props) {
  const { t } = useTranslation("record");
  useReturnFocus();
  const { title, entity, record } = useHere();
  const acts = useActs();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const erase = useMutation({
    mutationFn: () => acts.erase(reason.trim()),
    // Where a second person has to approve, that was asked for instead.
    onSuccess: (erased) => (erased ? onErased(erased) : onClose()),
  });
  return (
    <FormDialog opened onClose={onClose} title={t("erase.title")} size="lg">
      <DialogForm
        button={t("erase.confirm")}
        danger
        disabled={plain(typed) !== plain(title) || reason.trim().length < REASON_MIN}
        sending={erase}
        names={{ reason: t("erase.reason") }}
        onCancel={onClose}
      >
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t("erase.final")}>
          <Text size="sm">{t("erase.goes")}</Text>
          <ul className={classes.list}>
            <li>{t("erase.goesRecord")}</li>
            <li>{t("erase.goesAround")}</li>
            <li>{t("erase.goesLinks")}</li>
            <li>{t("erase.goesKey")}</li>
          </ul>
        </Alert>
        <PreviewOf act={eraseAct(entity.plural, record.id, "")} />
        <Text size="sm">{t("erase.stays")}</Text>
        <ReasonField
          label={t("erase.reason")}
          description={t("erase.reasonHelp")}
          data-autofocus
          required
          value={reason}
          error={problemOf(erase.error)?.issue("reason")}
          onChange={setReason}
        />
        <TextInput
          label={t("erase.type", { title })}
          required
          autoComplete="off"
          value={typed}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
      </DialogForm>
    </FormDialog>
  );
}

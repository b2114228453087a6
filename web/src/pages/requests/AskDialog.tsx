import { Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { issuesAt } from "@/api/client";
import type { Entity, Id } from "@/api/types";
import { REASON_MIN, tidy } from "@/lib/reason";
import { endOf } from "@/pages/record/share";
import { DayField } from "@/ui/DayField";
import { DialogButtons } from "@/ui/DialogButtons";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { askAccess } from "./queries";

interface Props {
  entity: Entity;
  id: Id;
  onSent: () => void;
  onClose: () => void;
}

/** Asks for access to whatever stands at an address. */
export function AskDialog({ entity, id, onSent, onClose }: Props) {
  const { t } = useTranslation("requests");
  useReturnFocus();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const [wrong, setWrong] = useState<{ reason?: string; until?: string }>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const why = tidy(reason);
    const short = why.length < REASON_MIN;
    setWrong(short ? { reason: t("ask.short", { count: REASON_MIN }) } : {});
    setProblem(null);
    if (short) return;
    setBusy(true);
    try {
      await askAccess(entity.plural, id, { reason: why, ...(until && { until: endOf(until) }) });
      onSent();
      onClose();
    } catch (error) {
      const at = issuesAt(error, ["reason", "until"]);
      setWrong(at);
      setProblem(Object.keys(at).length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("ask.button")} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t("ask.help")}</Text>
          <ReasonField
            label={t("ask.reason")}
            description={t("ask.reasonHelp")}
            required
            value={reason}
            error={wrong.reason}
            onChange={(words) => {
              setReason(words);
              setWrong({ ...wrong, reason: undefined });
            }}
            data-autofocus
          />
          <DayField
            label={t("ask.until")}
            value={until}
            onChange={(day) => {
              setUntil(day);
              setWrong({ ...wrong, until: undefined });
            }}
            error={wrong.until}
          />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("ask.confirm")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

import { Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import type { Entity, Id } from "@/api/types";
import { endOf, REASON_MAX, REASON_MIN } from "@/pages/record/share";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { askAccess } from "./queries";

const DateField = lazy(() => import("@/ui/DateField"));

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
    const tidy = reason.trim().split(/\s+/).join(" ");
    const short = tidy.length < REASON_MIN;
    setWrong(short ? { reason: t("ask.short", { count: REASON_MIN }) } : {});
    setProblem(null);
    if (short) return;
    setBusy(true);
    try {
      await askAccess(entity.plural, id, { reason: tidy, ...(until && { until: endOf(until) }) });
      onSent();
      onClose();
    } catch (error) {
      const at =
        error instanceof Problem ? { reason: error.issue("reason"), until: error.issue("until") } : {};
      setWrong(at);
      setProblem(at.reason || at.until ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("ask.button")} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">{t("ask.help")}</Text>
          <Textarea
            label={t("ask.reason")}
            description={t("ask.reasonHelp")}
            required
            autosize
            minRows={2}
            maxRows={6}
            maxLength={REASON_MAX}
            value={reason}
            error={wrong.reason}
            onChange={(e) => {
              setReason(e.currentTarget.value);
              setWrong({ ...wrong, reason: undefined });
            }}
            data-autofocus
          />
          <Suspense fallback={<TextInput label={t("ask.until")} readOnly />}>
            <DateField
              kind="date"
              label={t("ask.until")}
              value={until}
              onChange={(day) => {
                setUntil(day ?? "");
                setWrong({ ...wrong, until: undefined });
              }}
              error={wrong.until}
            />
          </Suspense>
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("ask.confirm")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

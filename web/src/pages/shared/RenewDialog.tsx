import { Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { issuesAt } from "@/api/client";
import type { Grant } from "@/api/types";
import { dayOf, useToday } from "@/lib/days";
import { dateTime } from "@/lib/format";
import { REASON_MIN, tidy } from "@/lib/reason";
import { DayField } from "@/ui/DayField";
import { DialogButtons } from "@/ui/DialogButtons";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { endOf, renewedUntil } from "../record/share";
import { useGrantActs } from "./useGrantActs";

const NAMES = ["until", "reason"] as const;
type Wrong = Partial<Record<(typeof NAMES)[number], string>>;

interface Props {
  grant: Grant;
  /** What it is called where it was asked for. */
  name: string;
  onClose: () => void;
}

/** Lets a grant last until another day, also one that has ended not long ago. */
export default function RenewDialog({ grant, name, onClose }: Props) {
  const { t } = useTranslation("shared");
  useReturnFocus();
  const { renew } = useGrantActs();
  const today = useToday();
  const [until, setUntil] = useState(() => renewedUntil(grant, today, dayOf));
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const why = tidy(reason);
    const missing: Wrong = {
      ...(!until && { until: t("untilMissing") }),
      ...(why && why.length < REASON_MIN && { reason: t("record:reveal.short", { count: REASON_MIN }) }),
    };
    setWrong(missing);
    setProblem(null);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      await renew(grant, { until: endOf(until), ...(why && { reason: why }) });
      onClose();
    } catch (error) {
      const at = issuesAt(error, NAMES);
      setWrong(at);
      setProblem(Object.keys(at).length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("renewTitle")} size="sm">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm">
            {name}: {grant.role?.label ?? t("roleGone")},{" "}
            {grant.until ? t("record:access.until", { at: dateTime(grant.until) }) : t("record:access.noEnd")}
          </Text>
          <DayField
            label={t("until")}
            description={grant.partner ? t("untilHelpPartner") : t("untilHelp")}
            value={until}
            onChange={(day) => {
              setUntil(day);
              setWrong({ ...wrong, until: undefined });
            }}
            error={wrong.until}
            required
          />
          <ReasonField
            label={t("renewReason")}
            description={t("renewReasonHelp")}
            value={reason}
            error={wrong.reason}
            onChange={(words) => {
              setReason(words);
              setWrong({ ...wrong, reason: undefined });
            }}
          />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("renew")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { useHere } from "../here";
import { type Erased, useActs } from "../useActs";
import classes from "./Dialogs.module.css";

const REASON_MIN = 3;
const REASON_MAX = 500;

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
  const { title } = useHere();
  const acts = useActs();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const ready = plain(typed) === plain(title) && reason.trim().length >= REASON_MIN;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    setProblem(null);
    try {
      onErased(await acts.erase(reason.trim()));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const atReason = problem instanceof Problem ? problem.issue("reason") : undefined;
  return (
    <Modal opened onClose={onClose} title={t("erase.title")} size="lg">
      <form onSubmit={submit}>
        <Stack>
          <Alert
            color="red"
            variant="light"
            icon={<IconAlertTriangle aria-hidden />}
            title={t("erase.final")}
          >
            <Text size="sm">{t("erase.goes")}</Text>
            <ul className={classes.list}>
              <li>{t("erase.goesRecord")}</li>
              <li>{t("erase.goesAround")}</li>
              <li>{t("erase.goesLinks")}</li>
              <li>{t("erase.goesKey")}</li>
            </ul>
          </Alert>
          <Text size="sm">{t("erase.stays")}</Text>
          <Textarea
            label={t("erase.reason")}
            description={t("erase.reasonHelp")}
            data-autofocus
            required
            autosize
            minRows={2}
            maxRows={6}
            maxLength={REASON_MAX}
            value={reason}
            error={atReason}
            onChange={(e) => setReason(e.currentTarget.value)}
          />
          <TextInput
            label={t("erase.type", { title })}
            required
            autoComplete="off"
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
          />
          {problem !== null && !atReason && <Failed error={problem} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" color="red" loading={busy} disabled={!ready}>
              {t("erase.confirm")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

import { Modal, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Value } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, useEntity } from "@/lib/entities";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { asksWhy, type Stage, stagesOf } from "./deal";

interface Props {
  title: string;
  /** The stage the deal is at. */
  stage: Value | undefined;
  /** The stage it goes to, if that is chosen already: then only the reason is asked for. */
  to?: Stage;
  /** The reason why it was lost before. */
  reason?: Value;
  /** Fields that may be changed. */
  writable: string[];
  onMove: (stage: Stage, lostReason: string) => void;
  onClose: () => void;
}

/** Another stage for a deal; of a lost one also why, which may be left empty. */
export function StageDialog({ title, stage, to, reason: before, writable, onMove, onClose }: Props) {
  const { t } = useTranslation("deals");
  useReturnFocus();
  const entity = useEntity("deal");
  const [chosen, setChosen] = useState(to?.id ?? String(stage));
  const [reason, setReason] = useState(typeof before === "string" ? before : "");
  const stages = stagesOf(entity);
  const target = stages.find(({ id }) => id === chosen);
  const lost = target?.outcome === "lost";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target && target.id !== stage) onMove(target, lost ? reason.trim() : "");
  };
  return (
    <Modal opened onClose={onClose} title={t(to && lost ? "lost.title" : "move.of", { title })}>
      <form onSubmit={submit}>
        <Stack>
          {!to && (
            <Radio.Group label={inWords(fieldOf(entity, "stage")?.label)} value={chosen} onChange={setChosen}>
              <Stack gap="xs" mt={4}>
                {stages.map(({ id, title: name }) => (
                  <Radio key={id} value={id} label={name} data-autofocus={id === stage || undefined} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          {target && asksWhy(target, writable) && (
            <TextInput
              data-autofocus={to && true}
              label={inWords(fieldOf(entity, "lost_reason")?.label)}
              description={t("lost.optional")}
              maxLength={fieldOf(entity, "lost_reason")?.max}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <DialogButtons
            button={t(lost ? "lost.button" : "move.button")}
            disabled={!target || target.id === stage}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}

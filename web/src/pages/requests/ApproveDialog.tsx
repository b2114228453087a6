import { Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { issuesAt } from "@/api/client";
import { recordQuery } from "@/api/queries";
import type { AccessRequest, Entity } from "@/api/types";
import { addDays, dayOf, useToday } from "@/lib/days";
import { done } from "@/lib/undo";
import { GrantWhat } from "@/pages/record/dialogs/GrantWhat";
import { DAYS, endOf, type Gift, roleOf } from "@/pages/record/share";
import { useGrantable } from "@/pages/record/useGrants";
import { DayField } from "@/ui/DayField";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { useAnswers } from "./queries";

const NAMES = ["role", "fields", "until"] as const;
type Wrong = Partial<Record<(typeof NAMES)[number], string>>;

interface Draft extends Gift {
  until: string;
}

interface Props {
  entity: Entity;
  request: AccessRequest;
  name: string;
  onClose: () => void;
}

/** Gives whoever asked a role on the record, as sharing it does. */
export function ApproveDialog({ entity, request, name, onClose }: Props) {
  const { t } = useTranslation("requests");
  useReturnFocus();
  const { approve } = useAnswers();
  const today = useToday();
  const wanted = request.until ? dayOf(new Date(request.until)) : "";
  // A day that has passed meanwhile is none to offer.
  const until = wanted > today ? wanted : addDays(today, DAYS);
  const [draft, setDraft] = useState<Draft>({ role: null, related: false, fields: [], until });
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const at = { plural: entity.plural, id: request.record };
  const hidden = useQuery(recordQuery(at.plural, at.id)).data?.access.hidden;
  const grantable = useGrantable({ plural: at.plural, ids: [at.id] }, draft);
  const role = roleOf(draft, grantable.roles ?? []);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([name]) => !(name in part))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    setWrong({
      ...(!role && { role: t("record:share.roleMissing") }),
      ...(!draft.until && { until: t("approve.untilMissing") }),
    });
    if (!role || !draft.until) return;
    setBusy(true);
    try {
      await approve(request.id, {
        role: role.id,
        with_related: draft.related,
        ...(draft.fields.length > 0 && { fields: draft.fields }),
        until: endOf(draft.until),
      });
      onClose();
      done(t("approve.done", { name }));
    } catch (error) {
      const found = issuesAt(error, NAMES);
      setWrong(found);
      setProblem(Object.keys(found).length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("approve.title", { name })} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          <GrantWhat {...{ entity, hidden, draft, wrong, change, grantable, role }} />
          <DayField
            label={t("approve.until")}
            value={draft.until}
            onChange={(until) => change({ until })}
            error={wrong.until}
          />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("approve.confirm")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

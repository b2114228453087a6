import { Modal, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { issuesAt } from "@/api/client";
import type { Id, Me } from "@/api/types";
import { addDays, dateFrom, useToday } from "@/lib/days";
import { mayManage, useMe } from "@/lib/entities";
import { REASON_MIN, tidy } from "@/lib/reason";
import { done } from "@/lib/undo";
import { CONTRIBUTOR, endOf, VIEWER } from "@/pages/record/share";
import { DayField } from "@/ui/DayField";
import { DialogButtons } from "@/ui/DialogButtons";
import { ReasonField } from "@/ui/ReasonField";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { UserSelect } from "@/ui/UserSelect";
import { useCovers } from "./queries";

/** How long it is unless another day is chosen. */
const DAYS = 14;

const NAMES = ["of", "to", "role", "from", "until", "reason"] as const;
type Name = (typeof NAMES)[number];
type Wrong = Partial<Record<Name, string>>;
type Draft = Record<Name, string>;

/** Whether the user may set up cover for others; the server says for whom. */
const forOthers = (me: Me): boolean =>
  mayManage(me, "users", "manage") ||
  Object.values(me.entities).some(({ share }) => share === "below" || share === "all");

/** The roles that can be offered: those made to be given, and the user's own. */
function useRoles(): { value: Id; label: string }[] {
  const { t } = useTranslation("cover");
  const own = useMe().roles.filter(({ id }) => id !== VIEWER && id !== CONTRIBUTOR);
  return [
    { value: CONTRIBUTOR, label: t("contributor") },
    { value: VIEWER, label: t("viewer") },
    ...own.map(({ id, label }) => ({ value: id, label: t("own", { label }) })),
  ];
}

export function CoverDialog({ of, onClose }: { of?: Id; onClose: () => void }) {
  const { t } = useTranslation("cover");
  useReturnFocus();
  const me = useMe();
  const { give } = useCovers();
  const today = useToday();
  const [draft, setDraft] = useState<Draft>({
    of: of ?? me.user.id,
    to: "",
    role: CONTRIBUTOR,
    from: today,
    until: addDays(today, DAYS),
    reason: "",
  });
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setWrong(Object.fromEntries(Object.entries(wrong).filter(([name]) => !(name in part))));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const reason = tidy(draft.reason);
    const missing: Wrong = {
      ...(!draft.to && { to: t("toMissing") }),
      ...(!draft.until && { until: t("untilMissing") }),
      ...(reason.length < REASON_MIN && { reason: t("short", { count: REASON_MIN }) }),
    };
    setWrong(missing);
    setProblem(null);
    if (Object.keys(missing).length > 0) return;
    setBusy(true);
    try {
      const body = {
        of: draft.of,
        to: draft.to,
        role: draft.role,
        reason,
        // Today is from now on.
        ...(draft.from > today && { from: dateFrom(draft.from).toISOString() }),
        until: endOf(draft.until),
      };
      const made = await give(body, t("add"), onClose);
      if (!made) return setBusy(false);
      onClose();
      done(t("done", { name: made.to.name }));
    } catch (error) {
      const at = issuesAt(error, NAMES);
      setWrong(at);
      setProblem(Object.keys(at).length > 0 ? null : error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t("add")} size="md">
      <form onSubmit={submit} noValidate>
        <Stack>
          {!of && forOthers(me) && (
            <UserSelect
              label={t("of")}
              value={draft.of}
              onChange={(who) => who && change({ of: who })}
              error={wrong.of}
              allowDeselect={false}
              required
            />
          )}
          <UserSelect
            label={t("to")}
            value={draft.to || null}
            onChange={(who) => change({ to: who ?? "" })}
            error={wrong.to}
            required
            data-autofocus
          />
          <Select
            label={t("role")}
            description={t("roleHelp")}
            data={useRoles()}
            value={draft.role}
            onChange={(role) => role && change({ role })}
            error={wrong.role}
            allowDeselect={false}
            required
          />
          <DayField
            label={t("from")}
            value={draft.from}
            onChange={(from) => change({ from })}
            error={wrong.from}
          />
          <DayField
            label={t("until")}
            value={draft.until}
            onChange={(until) => change({ until })}
            error={wrong.until}
          />
          <ReasonField
            label={t("reason")}
            description={t("reasonHelp")}
            required
            value={draft.reason}
            error={wrong.reason}
            onChange={(reason) => change({ reason })}
          />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("add")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

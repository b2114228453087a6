import { Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/client";
import type { Id, Me } from "@/api/types";
import { addDays, dateFrom, useToday } from "@/lib/days";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { CONTRIBUTOR, endOf, REASON_MAX, REASON_MIN, VIEWER } from "@/pages/record/share";
import { DialogButtons } from "@/ui/DialogButtons";
import { useReturnFocus } from "@/ui/returnFocus";
import { Failed } from "@/ui/States";
import { UserSelect } from "@/ui/UserSelect";
import { useCovers } from "./queries";

const DateField = lazy(() => import("@/ui/DateField"));

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

const tidy = (text: string) => text.trim().split(/\s+/).join(" ");

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
      const made = await give({
        of: draft.of,
        to: draft.to,
        role: draft.role,
        reason,
        // Today is from now on.
        ...(draft.from > today && { from: dateFrom(draft.from).toISOString() }),
        until: endOf(draft.until),
      });
      onClose();
      done(t("done", { name: made.to.name }));
    } catch (error) {
      const issues = NAMES.map((name) => [name, error instanceof Problem && error.issue(name)]);
      const found = issues.filter(([, text]) => text);
      setWrong(Object.fromEntries(found));
      setProblem(found.length > 0 ? null : error);
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
          <Day name="from" draft={draft} wrong={wrong} change={change} />
          <Day name="until" draft={draft} wrong={wrong} change={change} />
          <Textarea
            label={t("reason")}
            description={t("reasonHelp")}
            required
            autosize
            minRows={2}
            maxRows={6}
            maxLength={REASON_MAX}
            value={draft.reason}
            error={wrong.reason}
            onChange={(e) => change({ reason: e.currentTarget.value })}
          />
          {problem !== null && <Failed error={problem} />}
          <DialogButtons button={t("add")} busy={busy} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

interface DayProps {
  name: "from" | "until";
  draft: Draft;
  wrong: Wrong;
  change: (part: Partial<Draft>) => void;
}

function Day({ name, draft, wrong, change }: DayProps) {
  const { t } = useTranslation("cover");
  const label = name === "from" ? t("from") : t("until");
  return (
    <Suspense fallback={<TextInput label={label} readOnly />}>
      <DateField
        kind="date"
        label={label}
        value={draft[name]}
        onChange={(day) => change({ [name]: day ?? "" })}
        error={wrong[name]}
      />
    </Suspense>
  );
}

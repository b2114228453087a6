// A campaign to begin: over whom, until when, and who decides.
import { Alert, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Problem, problemOf, request } from "@/api/client";
import { teamsQuery } from "@/api/queries";
import type { AccessReview } from "@/api/types";
import { addDays, useToday } from "@/lib/days";
import { adminReviewPath } from "@/lib/paths";
import { done } from "@/lib/undo";
import { endOf } from "@/pages/record/share";
import { DayField } from "@/ui/DayField";
import { UserSelect } from "@/ui/UserSelect";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { roleOptions, useRoles } from "../parts/useRoles";
import { flat, treeOf } from "../teams/tree";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewReview({ opened, onClose }: Props) {
  const { t } = useTranslation("reviews");
  return (
    <FormDialog opened={opened} onClose={onClose} title={t("add")} size="lg">
      <Form onClose={onClose} />
    </FormDialog>
  );
}

/** What is offered: enough for a holiday, and not so long that nobody begins. */
const DAYS = 30;

interface Draft {
  name: string;
  over: "team" | "role";
  team: string | null;
  role: string | null;
  day: string;
  by: "leads" | "one";
  reviewer: string | null;
  second: string | null;
}

const inputOf = (draft: Draft) => ({
  name: draft.name.trim(),
  team: draft.over === "team" ? draft.team : null,
  role: draft.over === "role" ? draft.role : null,
  ends_at: draft.day ? endOf(draft.day) : "",
  reviewer: draft.by === "one" ? draft.reviewer : null,
  second: draft.second,
});

/** Whether there is something to ask the server. */
const isWhole = (draft: Draft): boolean =>
  Boolean(draft.name.trim() && draft[draft.over] && draft.day && (draft.by === "leads" || draft.reviewer));

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("reviews");
  const client = useQueryClient();
  const go = useNavigate();
  const today = useToday();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: "",
    over: "team",
    team: null,
    role: null,
    day: addDays(today, DAYS),
    by: "leads",
    reviewer: null,
    second: null,
  }));
  const make = useMutation({
    mutationFn: () => request<AccessReview>("POST", "/access-reviews", { body: inputOf(draft) }),
    onSuccess: (review) => {
      void client.invalidateQueries({ queryKey: ["access-reviews"] });
      done(t("made", { count: review.reviewers.length }));
      onClose();
      void go({ to: adminReviewPath(review.id) });
    },
  });
  const problem = problemOf(make.error);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const names = {
    name: t("name"),
    team: t("over.team"),
    role: t("over.role"),
    ends_at: t("endsAt"),
    reviewer: t("who.reviewer"),
    second: t("who.second"),
  };
  return (
    <DialogForm
      button={t("begin")}
      disabled={!isWhole(draft)}
      sending={make}
      names={names}
      onCancel={onClose}
    >
      <div className={classes.form}>
        <TextInput
          label={t("name")}
          placeholder={t("nameHint")}
          required
          maxLength={100}
          autoComplete="off"
          data-autofocus
          className={classes.wide}
          value={draft.name}
          error={problem?.issue("name")}
          onChange={(e) => change({ name: e.currentTarget.value })}
        />
        <What draft={draft} change={change} problem={problem} />
        <DayField
          label={t("endsAt")}
          description={t("endsAtHelp")}
          required
          value={draft.day}
          error={problem?.issue("ends_at")}
          onChange={(day) => change({ day })}
        />
        <Who draft={draft} change={change} problem={problem} />
      </div>
      <Alert variant="light" color="gray">
        {t("beginHelp")}
      </Alert>
    </DialogForm>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problem: Problem | null;
}

/** By how much a team stands in below the one above it. */
const STEP = 12;

/** Over which team or role. */
function What({ draft, change, problem }: PartProps) {
  const { t } = useTranslation("reviews");
  const { data: teams = [] } = useQuery(teamsQuery);
  const roles = useRoles();
  const tree = flat(treeOf(teams));
  const depths = new Map(tree.map(({ team, depth }) => [team.id, depth]));
  return (
    <>
      <Radio.Group
        label={t("over.label")}
        className={classes.wide}
        value={draft.over}
        onChange={(over) => change({ over: over as Draft["over"] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="team" label={t("over.byTeam")} description={t("over.byTeamHelp")} />
          <Radio value="role" label={t("over.byRole")} description={t("over.byRoleHelp")} />
        </Stack>
      </Radio.Group>
      {draft.over === "team" ? (
        <Select
          label={t("over.team")}
          searchable
          required
          data={tree.map(({ team }) => ({ value: team.id, label: team.name }))}
          renderOption={({ option }) => (
            <Text span size="sm" pl={STEP * (depths.get(option.value) ?? 0)}>
              {option.label}
            </Text>
          )}
          value={draft.team}
          error={problem?.issue("team")}
          onChange={(team) => change({ team })}
        />
      ) : (
        <Select
          label={t("over.role")}
          searchable
          required
          data={roleOptions(roles)}
          value={draft.role}
          error={problem?.issue("role")}
          onChange={(role) => change({ role })}
        />
      )}
    </>
  );
}

/** Who decides. */
function Who({ draft, change, problem }: PartProps) {
  const { t } = useTranslation("reviews");
  return (
    <>
      <Radio.Group
        label={t("who.label")}
        className={classes.wide}
        value={draft.by}
        onChange={(by) => change({ by: by as Draft["by"] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="leads" label={t("who.leads")} description={t("who.leadsHelp")} />
          <Radio value="one" label={t("who.one")} />
        </Stack>
      </Radio.Group>
      {draft.by === "one" && (
        <UserSelect
          label={t("who.reviewer")}
          required
          searchable
          clearable
          value={draft.reviewer}
          error={problem?.issue("reviewer")}
          onChange={(reviewer) => change({ reviewer })}
        />
      )}
      <UserSelect
        label={t("who.second")}
        description={t("who.secondHelp")}
        searchable
        clearable
        value={draft.second}
        error={problem?.issue("second")}
        onChange={(second) => change({ second })}
      />
    </>
  );
}

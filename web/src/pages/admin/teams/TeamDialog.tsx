import { Alert, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, request } from "@/api/client";
import type { Team } from "@/api/types";
import { done } from "@/lib/undo";
import { look, needsSecond } from "@/ui/secondPerson";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { WhomItChanges } from "../roles/WhomItChanges";
import { flat, treeOf, withBelow } from "./tree";

export interface TeamDraft {
  /** The team that is changed; a new one if absent. */
  team?: Team;
  parent: string | null;
}

interface Props {
  draft: TeamDraft | null;
  teams: Team[];
  onClose: () => void;
}

export function TeamDialog({ draft, teams, onClose }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog
      opened={draft !== null}
      onClose={onClose}
      title={draft?.team ? t("team.change") : t("team.add")}
    >
      {draft && <Form draft={draft} teams={teams} onClose={onClose} />}
    </FormDialog>
  );
}

function useSave() {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const put = async (team: Team, body: { name: string; parent: string | null }) => {
    try {
      return await request<Team>("PUT", `/teams/${team.id}`, { body, version: team.version });
    } finally {
      void client.invalidateQueries({ queryKey: ["teams"] });
    }
  };
  return async (old: Team | undefined, body: { name: string; parent: string | null }) => {
    if (!old) {
      await request<Team>("POST", "/teams", { body });
      void client.invalidateQueries({ queryKey: ["teams"] });
      done(t("team.added"));
      return;
    }
    const now = await put(old, body);
    done(t("team.changed"), () => put(now, { name: old.name, parent: old.parent }));
  };
}

function Form({ draft, teams, onClose }: { draft: TeamDraft; teams: Team[]; onClose: () => void }) {
  const { t } = useTranslation("admin");
  // After a conflict the version of the fresh list counts; what was typed stays.
  const current = teams.find((one) => one.id === draft.team?.id) ?? draft.team;
  const [name, setName] = useState(draft.team?.name ?? "");
  const [parent, setParent] = useState(draft.parent);
  const run = useSave();
  const client = useQueryClient();
  const body = { name, parent };
  const save = useMutation({
    mutationFn: () => run(current, body),
    onSuccess: onClose,
    onError: (error) => {
      if (!needsSecond(error) || !current) return;
      onClose();
      const act = { team: { id: current.id, version: current.version, team: body } };
      look(client, { act, button: t("common:save"), run: () => run(current, body) });
    },
  });
  const barred = draft.team ? withBelow(teams, draft.team.id) : new Set<string>();
  const problem = problemOf(save.error);
  const conflict = problem?.status === 412;
  return (
    <DialogForm
      button={draft.team ? t("common:save") : t("team.add")}
      sending={{ ...save, error: conflict ? null : save.error }}
      names={{ name: t("team.name"), parent: t("team.parent") }}
      onCancel={onClose}
    >
      {conflict && (
        <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
          {t("team.conflict", { name: current?.name })}
        </Alert>
      )}
      <TextInput
        label={t("team.name")}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={problem?.issue("name")}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      {(draft.parent !== null || !draft.team) && (
        <Select
          label={t("team.parent")}
          description={t("team.parentHelp")}
          searchable
          allowDeselect={false}
          required
          data={flat(treeOf(teams))
            .filter(({ team }) => !barred.has(team.id))
            .map(({ team, depth }) => ({ value: team.id, label: `${"– ".repeat(depth)}${team.name}` }))}
          value={parent}
          error={problem?.issue("parent")}
          onChange={setParent}
        />
      )}
      {current && parent !== current.parent && (
        <WhomItChanges
          path={`/teams/${current.id}`}
          version={current.version}
          body={{ name: current.name, parent }}
        />
      )}
    </DialogForm>
  );
}

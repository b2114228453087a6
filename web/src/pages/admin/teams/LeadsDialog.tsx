import { Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { Team, UserView } from "@/api/types";
import { done, failed } from "@/lib/undo";
import { usePeople } from "@/ui/colleagues";
import { PeopleSelect } from "@/ui/PeopleSelect";
import { look, needsSecond } from "@/ui/secondPerson";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { usePatchUser } from "../users/patch";
import { leadsIn } from "./leads";

interface Props {
  /** The team that is asked about; none while nothing is. */
  team: Team | null;
  users: UserView[];
  /** The role that makes somebody a lead. */
  role: string;
  onClose: () => void;
}

/** Who leads a team: whoever of its people has the role. */
export function LeadsDialog({ team, onClose, ...rest }: Props) {
  const { t } = useTranslation("admin");
  return (
    <FormDialog opened={team !== null} onClose={onClose} title={t("team.leadsOf", { name: team?.name })}>
      {team && <Form team={team} onClose={onClose} {...rest} />}
    </FormDialog>
  );
}

function Form({ team, users, role, onClose }: Props & { team: Team }) {
  const { t } = useTranslation("admin");
  const patch = usePatchUser();
  const leads = leadsIn(users, team.id, role).map((user) => user.id);
  const [chosen, setChosen] = useState(leads);
  const people = users.filter(
    (user) => user.team === team.id && (user.state !== "suspended" || leads.includes(user.id)),
  );
  const options = usePeople(people);
  const client = useQueryClient();
  const changed = people.filter((user) => leads.includes(user.id) !== chosen.includes(user.id));
  const rolesOf = (user: UserView) =>
    leads.includes(user.id) ? user.roles.filter((one) => one !== role) : [...user.roles, role];
  // One after the other, each with its own version; what a second person has to approve is asked for one by one, too.
  const go = async (left: UserView[], saved = 0): Promise<number> => {
    const [user, ...rest] = left;
    if (!user) return saved;
    const run = () => patch(user.id, user.version, { roles: rolesOf(user) });
    try {
      await run();
      return await go(rest, saved + 1);
    } catch (error) {
      if (!needsSecond(error)) throw error;
      const act = { user_roles: { user: user.id, version: user.version, roles: rolesOf(user) } };
      look(client, { act, button: t("common:save"), run, asked: () => void go(rest).catch(failed) });
      return saved;
    }
  };
  const save = useMutation({
    mutationFn: () => go(changed),
    onSuccess: (now) => {
      if (now > 0) done(t("team.leadsChanged"));
      onClose();
    },
  });
  const problem = problemOf(save.error);
  return (
    <DialogForm
      button={t("common:save")}
      disabled={people.length === 0}
      sending={save}
      names={{ roles: t("team.leads") }}
      onCancel={onClose}
    >
      {people.length === 0 ? (
        <Text size="sm">{t("team.nobody")}</Text>
      ) : (
        <PeopleSelect
          label={t("team.leads")}
          description={t("team.leadsHelp")}
          data-autofocus
          people={options}
          value={chosen}
          onChange={setChosen}
          error={problem?.issue("roles")}
        />
      )}
    </DialogForm>
  );
}

import { Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { Team, UserView } from "@/api/types";
import { done } from "@/lib/undo";
import { usePeople } from "@/ui/colleagues";
import { PeopleSelect } from "@/ui/PeopleSelect";
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
  const save = useMutation({
    mutationFn: async () => {
      for (const user of people) {
        const is = leads.includes(user.id);
        if (is === chosen.includes(user.id)) continue;
        const roles = is ? user.roles.filter((one) => one !== role) : [...user.roles, role];
        await patch(user.id, user.version, { roles });
      }
    },
    onSuccess: () => {
      done(t("team.leadsChanged"));
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

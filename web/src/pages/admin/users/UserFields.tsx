import { MultiSelect, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/client";
import { teamsQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { compare } from "@/lib/format";
import { ConflictNote } from "../findings/Conflicts";
import { roleOptions, useRoles } from "../parts/useRoles";

export type UserDraft = Pick<User, "name" | "email" | "lang" | "team" | "roles">;

interface Props {
  value: UserDraft;
  onChange: (change: Partial<UserDraft>) => void;
  problem: Problem | null;
  /** What to say under a field, such as another's change of it. */
  note?: (field: keyof UserDraft) => string | undefined;
  disabled?: boolean;
  /** Of somebody of a partner, who has neither a team nor roles. */
  guest?: boolean;
}

/** What the fields are called, by the names that the server gives them. */
export function useUserNames(): Record<string, string> {
  const { t } = useTranslation("admin");
  return {
    login: t("user.login"),
    name: t("user.name"),
    email: t("user.email"),
    team: t("user.team"),
    lang: t("user.lang"),
    roles: t("user.roles"),
  };
}

/** What can be said of a user, new or not. */
export function UserFields({ value, onChange, problem, note, disabled, guest }: Props) {
  const { t } = useTranslation("admin");
  const { data: teams = [] } = useQuery(teamsQuery);
  const roles = useRoles();
  const about = (field: keyof UserDraft) => ({
    error: problem?.issue(field),
    description: note?.(field),
    disabled,
  });
  return (
    <>
      <TextInput
        {...about("name")}
        label={t("user.name")}
        autoComplete="off"
        required
        maxLength={250}
        value={value.name}
        onChange={(e) => onChange({ name: e.currentTarget.value })}
      />
      <TextInput
        {...about("email")}
        label={t("user.email")}
        type="email"
        autoComplete="off"
        required
        value={value.email}
        onChange={(e) => onChange({ email: e.currentTarget.value })}
      />
      {!guest && (
        <Select
          {...about("team")}
          label={t("user.team")}
          searchable
          required
          allowDeselect={false}
          data={teams
            .map((team) => ({ value: team.id, label: team.name }))
            .sort((a, b) => compare(a.label, b.label))}
          value={value.team || null}
          onChange={(team) => onChange({ team: team ?? "" })}
        />
      )}
      <Select
        {...about("lang")}
        label={t("user.lang")}
        allowDeselect={false}
        data={[
          { value: "pl", label: "Polski" },
          { value: "en", label: "English" },
        ]}
        value={value.lang}
        onChange={(lang) => onChange({ lang: lang === "en" ? "en" : "pl" })}
      />
      {!guest && roles.length > 0 && (
        <MultiSelect
          {...about("roles")}
          label={t("user.roles")}
          placeholder={value.roles.length === 0 ? t("user.noRoles") : undefined}
          searchable
          data={roleOptions(roles)}
          value={value.roles}
          onChange={(chosen) => onChange({ roles: chosen })}
        />
      )}
      {!disabled && <ConflictNote chosen={value.roles} roles={roles} />}
    </>
  );
}

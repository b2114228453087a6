// What is given of a record, when it is shared and when a request for access is granted.
import { Alert, Checkbox, MultiSelect, Select, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Entity, GrantableRole } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, useEntities } from "@/lib/entities";
import { Failed } from "@/ui/States";
import { carries } from "../here";
import type { Gift } from "../share";
import type { useGrantable } from "../useGrants";

interface Props {
  entity: Entity;
  /** Fields of the record that the user does not see; unknown until the record is there. */
  hidden: string[] | undefined;
  draft: Gift;
  wrong: { role?: string; fields?: string };
  change: (part: Partial<Gift>) => void;
  grantable: ReturnType<typeof useGrantable>;
  /** The one that is to be given, if any may be. */
  role: GrantableRole | undefined;
}

/** A role, with or without what hangs on the record, and of which fields. */
export function GrantWhat({ entity, hidden, draft, wrong, change, grantable, role }: Props) {
  const { t } = useTranslation("record");
  const entities = useEntities();
  const { roles, fields, error, retry } = grantable;
  const allows = useAllows();
  if (error) return <Failed error={error} retry={retry} />;
  return (
    <>
      {roles?.length === 0 ? (
        <Alert icon={<IconLock aria-hidden />} color="gray" variant="light" title={t("share.noRole")}>
          {t("share.noRoleText")}
        </Alert>
      ) : (
        <Select
          label={t("share.role")}
          description={role && t("share.lets", { actions: allows(role) })}
          data={roles?.map(({ id, label }) => ({ value: id, label })) ?? []}
          value={role?.id ?? null}
          onChange={(chosen) => chosen && change({ role: chosen })}
          error={wrong.role}
          disabled={!roles}
          allowDeselect={false}
          required
        />
      )}
      {carries(entity, entities) && (
        <Checkbox
          label={t("share.related")}
          checked={draft.related}
          onChange={(e) => change({ related: e.currentTarget.checked })}
        />
      )}
      <Fields {...{ entity, hidden, draft, wrong, change }} included={fields} />
    </>
  );
}

/** What a role lets do, in words. */
export function useAllows(): (role: GrantableRole) => string {
  const { t } = useTranslation("record");
  return ({ actions }) => actions.map((action) => t(`record:access.action.${action}`)).join(", ");
}

interface FieldsProps extends Pick<Props, "entity" | "hidden" | "draft" | "wrong" | "change"> {
  /** Those chosen with what comes along; unknown until the server has said so. */
  included: string[] | null;
}

function Fields({ entity, hidden, draft, wrong, change, included }: FieldsProps) {
  const { t } = useTranslation("record");
  const label = (name: string) => inWords(fieldOf(entity, name)?.label) || name;
  const fields = entity.fields
    .filter(({ name }) => hidden && !hidden.includes(name))
    .map(({ name }) => ({ value: name, label: label(name) }));
  return (
    <div>
      <MultiSelect
        label={t("share.fields")}
        description={t("share.fieldsHelp")}
        placeholder={draft.fields.length === 0 ? t("share.allFields") : undefined}
        data={fields}
        value={draft.fields}
        onChange={(chosen) => change({ fields: chosen })}
        error={wrong.fields}
        searchable
        clearable
        hidePickedOptions
        nothingFoundMessage={t("common:nothingFound")}
      />
      <Text size="xs" mt={4} role="status">
        {draft.fields.length > 0 &&
          included &&
          t("share.included", { names: included.map(label).join(", ") })}
      </Text>
    </div>
  );
}

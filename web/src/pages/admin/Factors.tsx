import { Alert, Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { meQuery, rolesQuery } from "@/api/queries";
import type { FactorNeed, Requirement, RequirementRead, Role } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { Failed, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { Panel } from "./parts/Panel";
import { Rows } from "./parts/Rows";
import { requirementQuery } from "./queries";

const NEEDS: FactorNeed[] = ["none", "any", "passkey"];
/** Days; the server allows no more. */
const LONGEST_GRACE = 30;

/** Which second factors are asked of whom. */
export default function Factors() {
  const { t } = useTranslation("admin");
  const requirement = useQuery(requirementQuery);
  const roles = useQuery(rolesQuery);
  return (
    <AdminPage title={t("card.factors.name")} tab={t("card.factors.name")} about={t("factors.about")}>
      <Ready query={requirement}>
        {(now) => <Ready query={roles}>{(all) => <Form key={now.version} now={now} roles={all} />}</Ready>}
      </Ready>
    </AdminPage>
  );
}

function useSave(now: RequirementRead) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Requirement) =>
      request<RequirementRead>("PUT", "/factors/requirement", { body, version: now.version }),
    onSuccess: (saved) => {
      client.setQueryData(requirementQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      done(t("factors.saved"));
    },
    onError: (error) => {
      if (error instanceof Problem && error.status === 412)
        void client.invalidateQueries({ queryKey: requirementQuery.queryKey });
    },
  });
}

function Form({ now, roles }: { now: RequirementRead; roles: Role[] }) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const [draft, setDraft] = useState<Requirement>({
    everyone: now.everyone,
    roles: now.roles,
    grace_days: now.grace_days,
  });
  const save = useSave(now);
  const setRole = (id: string, need: FactorNeed) => {
    const { [id]: _, ...rest } = draft.roles;
    setDraft({ ...draft, roles: need === "none" ? rest : { ...rest, [id]: need } });
  };
  const names = {
    everyone: t("factors.everyone"),
    roles: t("factors.roles"),
    grace_days: t("factors.grace"),
  };
  const asked = draft.everyone !== "none" || Object.keys(draft.roles).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft);
      }}
    >
      <Stack>
        <Panel title={t("factors.everyone")}>
          <NeedSelect
            label={t("factors.everyone")}
            value={draft.everyone}
            disabled={!may}
            onChange={(everyone) => setDraft({ ...draft, everyone })}
          />
        </Panel>
        <Panel title={t("factors.roles")} about={t("factors.rolesAbout")}>
          <Rows
            label={t("factors.roles")}
            rows={roles}
            keyOf={(role) => role.id}
            columns={[
              {
                key: "role",
                label: t("role.name"),
                sort: (r) => inWords(r.label),
                cell: (r) => inWords(r.label),
              },
              {
                key: "need",
                label: t("factors.need"),
                cell: (r) => (
                  <NeedSelect
                    label={t("factors.needOf", { role: inWords(r.label) })}
                    value={draft.roles[r.id] ?? "none"}
                    disabled={!may}
                    onChange={(need) => setRole(r.id, need)}
                  />
                ),
              },
            ]}
          />
        </Panel>
        <Panel title={t("factors.when")}>
          <NumberInput
            label={t("factors.grace")}
            description={t("factors.graceHelp", { most: LONGEST_GRACE })}
            min={0}
            max={LONGEST_GRACE}
            allowDecimal={false}
            maw={320}
            disabled={!may}
            value={draft.grace_days}
            onChange={(days) => setDraft({ ...draft, grace_days: Number(days) || 0 })}
          />
        </Panel>
        {asked && draft.grace_days === 0 && (
          <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
            {t("factors.atOnce")}
          </Alert>
        )}
        {Boolean(save.error) && <Failed error={save.error} names={names} />}
        {may && (
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t("common:save")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface NeedProps {
  label: string;
  value: FactorNeed;
  disabled: boolean;
  onChange: (need: FactorNeed) => void;
}

function NeedSelect({ label, value, disabled, onChange }: NeedProps) {
  const { t } = useTranslation("admin");
  return (
    <Select
      aria-label={label}
      maw={320}
      allowDeselect={false}
      disabled={disabled}
      data={NEEDS.map((need) => ({ value: need, label: t(`admin:need.${need}`) }))}
      value={value}
      onChange={(need) => onChange(NEEDS.find((one) => one === need) ?? "none")}
    />
  );
}

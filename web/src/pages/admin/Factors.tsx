import { Alert, Button, Group, NumberInput, Select, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rolesQuery } from "@/api/queries";
import type { FactorNeed, Requirement, RequirementRead, Role } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";
import { Failed, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { Facts, Panel } from "./parts/Panel";
import { Rows } from "./parts/Rows";
import { Overtaken, useSaveWhole } from "./parts/useSaveWhole";
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
        {(now) => <Ready query={roles}>{(all) => <Form now={now} roles={all} />}</Ready>}
      </Ready>
    </AdminPage>
  );
}

interface FormProps {
  now: RequirementRead;
  roles: Role[];
}

/** What was chosen is kept apart from what is saved, which others may change. */
function useDraft(now: RequirementRead) {
  const [touched, setTouched] = useState<Partial<Requirement>>({});
  const needs = { ...now.roles, ...touched.roles };
  const asked = Object.entries(needs).filter(([, need]) => need !== "none");
  const draft: Requirement = {
    everyone: touched.everyone ?? now.everyone,
    grace_days: touched.grace_days ?? now.grace_days,
    roles: Object.fromEntries(asked),
  };
  return {
    draft,
    set: (change: Partial<Omit<Requirement, "roles">>) => setTouched({ ...touched, ...change }),
    setRole: (id: string, need: FactorNeed) =>
      setTouched({ ...touched, roles: { ...touched.roles, [id]: need } }),
    forget: () => setTouched({}),
  };
}

function Form({ now, roles }: FormProps) {
  const { t } = useTranslation("admin");
  const may = mayManage(useMe(), "roles", "manage");
  const { draft, set, setRole, forget } = useDraft(now);
  const { save, busy, error, overtaken } = useSaveWhole<Requirement>({
    path: "/factors/requirement",
    queryKey: requirementQuery.queryKey,
    version: now.version,
    said: t("factors.saved"),
    onSaved: forget,
  });
  const names = {
    everyone: t("factors.everyone"),
    roles: t("factors.roles"),
    grace_days: t("factors.grace"),
  };
  const theirs = (saved: string, mine: string) =>
    overtaken && saved !== mine ? t("theirs", { value: saved }) : undefined;
  const need = (of: FactorNeed) => t(`admin:need.${of}`);
  const asked = draft.everyone !== "none" || Object.keys(draft.roles).length > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(draft);
      }}
    >
      <Stack>
        {overtaken && <Overtaken />}
        <Panel title={t("factors.everyone")}>
          <NeedSelect
            label={t("factors.everyone")}
            value={draft.everyone}
            theirs={theirs(need(now.everyone), need(draft.everyone))}
            readOnly={!may}
            onChange={(everyone) => set({ everyone })}
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
                    theirs={theirs(need(now.roles[r.id] ?? "none"), need(draft.roles[r.id] ?? "none"))}
                    readOnly={!may}
                    onChange={(chosen) => setRole(r.id, chosen)}
                  />
                ),
              },
            ]}
          />
        </Panel>
        <Panel title={t("factors.when")}>
          {may ? (
            <NumberInput
              label={t("factors.grace")}
              description={
                theirs(String(now.grace_days), String(draft.grace_days)) ??
                t("factors.graceHelp", { most: LONGEST_GRACE })
              }
              min={0}
              max={LONGEST_GRACE}
              allowDecimal={false}
              maw={320}
              value={draft.grace_days}
              onChange={(days) => set({ grace_days: Number(days) || 0 })}
            />
          ) : (
            <Facts items={[[t("factors.grace"), String(draft.grace_days)]]} />
          )}
        </Panel>
        {asked && draft.grace_days === 0 && (
          <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="status">
            {t("factors.atOnce")}
          </Alert>
        )}
        {Boolean(error) && <Failed error={error} names={names} />}
        {may && (
          <Group>
            <Button type="submit" loading={busy}>
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
  /** What somebody else has saved meanwhile. */
  theirs: string | undefined;
  readOnly: boolean;
  onChange: (need: FactorNeed) => void;
}

function NeedSelect({ label, value, theirs, readOnly, onChange }: NeedProps) {
  const { t } = useTranslation("admin");
  if (readOnly) return <Text size="sm">{t(`admin:need.${value}`)}</Text>;
  return (
    <Select
      aria-label={label}
      description={theirs}
      inputWrapperOrder={["input", "description"]}
      maw={320}
      allowDeselect={false}
      data={NEEDS.map((need) => ({ value: need, label: t(`admin:need.${need}`) }))}
      value={value}
      onChange={(need) => onChange(NEEDS.find((one) => one === need) ?? "none")}
    />
  );
}

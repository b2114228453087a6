import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import type { ApprovalRules, ApprovalRulesRead } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { number } from "@/lib/format";
import { Failed, Ready } from "@/ui/States";
import { look, needsSecond } from "@/ui/secondPerson";
import { AdminPage } from "./parts/AdminPage";
import { Panel } from "./parts/Panel";
import { type Column, Rows } from "./parts/Rows";
import { Overtaken, useSaveWhole } from "./parts/useSaveWhole";
import { approvalRulesQuery } from "./queries";

const KINDS = ["bulk_edit", "bulk_delete", "bulk_share", "export", "erase", "role_change"] as const;
type Kind = (typeof KINDS)[number];

/** Never, always, or from so many on. */
type When = "never" | "always" | "from";
const whenOf = (from: number | null): When => (from === null ? "never" : from === 1 ? "always" : "from");
/** What is offered where a number was not asked for before. */
const FROM = 1_000;
const SHARED_FROM = 50;

/** What a second person has to approve. */
export default function Approvals() {
  const { t } = useTranslation("admin");
  const rules = useQuery(approvalRulesQuery);
  return (
    <AdminPage title={t("card.approvals.name")} tab={t("card.approvals.name")} about={t("approvals.about")}>
      <Ready query={rules}>{(now) => <Form now={now} />}</Ready>
    </AdminPage>
  );
}

const plain = ({ version: _, ...rules }: ApprovalRulesRead): ApprovalRules => rules;

function Form({ now }: { now: ApprovalRulesRead }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "roles", "manage");
  const [touched, setTouched] = useState<Partial<ApprovalRules>>({});
  const rules: ApprovalRules = { ...plain(now), ...touched };
  const { save, busy, error, overtaken } = useSaveWhole<ApprovalRules>({
    path: "/approvals/rules",
    queryKey: approvalRulesQuery.queryKey,
    version: now.version,
    said: t("approvals.saved"),
    onSaved: () => setTouched({}),
  });
  const askSecond = () => {
    const act = { rules: { version: now.version, rules } };
    look(client, { act, button: t("common:save"), run: async () => save(rules) });
  };
  const problem = problemOf(error);
  const second = needsSecond(error);
  const set = (change: Partial<ApprovalRules>) => setTouched({ ...touched, ...change });
  const columns = useColumns(rules, set, !may, (kind) => problem?.issue(kind));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save(rules);
      }}
    >
      <Stack>
        {overtaken && <Overtaken />}
        <Panel title={t("approvals.list")} about={t("approvals.listAbout")}>
          <Rows label={t("approvals.list")} rows={[...KINDS]} keyOf={(kind) => kind} columns={columns} />
        </Panel>
        <NumberInput
          label={t("approvals.days")}
          description={t("approvals.daysAbout")}
          min={1}
          max={30}
          allowDecimal={false}
          maw={260}
          readOnly={!may}
          error={problem?.issue("days")}
          value={rules.days}
          onChange={(value) => set({ days: Number(value) })}
        />
        {Boolean(error) && <Failed error={error} />}
        {may && (
          <Group>
            <Button type="submit" loading={busy}>
              {t("common:save")}
            </Button>
            {second && (
              <Button variant="default" onClick={askSecond}>
                {t("approvals.ask")}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </form>
  );
}

function useColumns(
  rules: ApprovalRules,
  set: (change: Partial<ApprovalRules>) => void,
  readOnly: boolean,
  issue: (kind: Kind) => string | undefined,
): Column<Kind>[] {
  const { t } = useTranslation("admin");
  const name = (kind: Kind) => t(`requests:kind.${kind}`);
  // Roles are given to one person at a time: a number would hold nothing but changes of roles that many have.
  const options = (kind: Kind) =>
    (["never", "always", "from"] as const)
      .filter((value) => value !== "from" || kind !== "role_change" || whenOf(rules[kind]) === "from")
      .map((value) => ({ value, label: t(`admin:approvals.${value}`) }));
  const usual = (kind: Kind) => (kind === "bulk_share" ? SHARED_FROM : FROM);
  return [
    { key: "kind", label: t("approvals.kind"), cell: name },
    {
      key: "when",
      label: t("approvals.when"),
      cell: (kind) =>
        readOnly ? (
          t(`admin:approvals.${whenOf(rules[kind])}`)
        ) : (
          <Select
            aria-label={t("approvals.whenOf", { what: name(kind) })}
            data={options(kind)}
            allowDeselect={false}
            maw={180}
            value={whenOf(rules[kind])}
            onChange={(when) =>
              set({ [kind]: when === "never" ? null : when === "always" ? 1 : usual(kind) })
            }
          />
        ),
    },
    {
      key: "from",
      label: t("approvals.number"),
      cell: (kind) => {
        const from = rules[kind];
        if (whenOf(from) !== "from") return "–";
        if (readOnly) return number(from ?? 0);
        return (
          <NumberInput
            aria-label={t("approvals.numberOf", { what: name(kind) })}
            min={2}
            max={50_000}
            allowDecimal={false}
            hideControls
            maw={140}
            error={issue(kind)}
            value={from ?? ""}
            onChange={(value) => set({ [kind]: Number(value) })}
          />
        );
      },
    },
  ];
}

import { Alert, Anchor, Button, Select, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconInfoCircle, IconMinus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath, rolePath } from "@/lib/paths";
import { useGrantActs } from "@/pages/shared/useGrantActs";
import { Page } from "@/ui/Page";
import { passFocus } from "@/ui/passFocus";
import { ReferenceInput } from "@/ui/ReferenceInput";
import { Fact, Ready } from "@/ui/States";
import { UserSelect } from "@/ui/UserSelect";
import admin from "./Admin.module.css";
import { Panel } from "./parts/Panel";
import { ACTIONS } from "./parts/rights";
import { one, useUrl } from "./parts/useUrl";
import { type Asked, type Why, whyQuery } from "./policy";
import classes from "./roles/Policy.module.css";

const DateField = lazy(() => import("@/ui/DateField"));

/** Why somebody may do something to a record, or may not; now, or at a moment of the past. */
export default function Explain() {
  const { t } = useTranslation("admin");
  const me = useMe();
  const [search, set] = useUrl();
  const asked: Asked = {
    user: one(search.user) || me.user.id,
    entity: one(search.entity) || "person",
    record: one(search.record),
    action: one(search.action) || "read",
    field: one(search.field),
    at: one(search.at),
  };
  return (
    <Page title={t("why.title")} tab={t("why.title")}>
      <Stack>
        <Panel title={t("why.question")} about={t("why.about")}>
          <Question asked={asked} set={(change) => set(change)} />
        </Panel>
        {asked.record ? (
          <Answer asked={asked} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("why.choose")}
          </Text>
        )}
      </Stack>
    </Page>
  );
}

function Question({
  asked,
  set,
}: {
  asked: Asked;
  set: (change: Record<string, string | undefined>) => void;
}) {
  const { t } = useTranslation("admin");
  const entities = useEntities();
  const entity = findEntity(entities, asked.entity);
  const others = mayManage(useMe(), "users");
  return (
    <div className={admin.form}>
      {others && (
        <UserSelect
          label={t("why.user")}
          value={asked.user}
          onChange={(user) => set({ user: user ?? undefined })}
        />
      )}
      <Select
        label={t("why.entity")}
        allowDeselect={false}
        data={entities.map((of) => ({ value: of.name, label: inWords(of.label) }))}
        value={asked.entity}
        onChange={(name) => set({ entity: name ?? undefined, record: undefined, field: undefined })}
      />
      {entity && (
        <ReferenceInput
          key={entity.name}
          entity={entity.name}
          label={t("why.record")}
          value={asked.record || null}
          title={asked.record ? t("why.thisRecord") : undefined}
          onChange={(record) => set({ record: record ?? undefined })}
        />
      )}
      <Select
        label={t("why.action")}
        allowDeselect={false}
        data={ACTIONS.map((action) => ({ value: action, label: t(`admin:action.${action}`) }))}
        value={asked.action}
        onChange={(action) => set({ action: action ?? undefined })}
      />
      <Select
        label={t("why.field")}
        clearable
        searchable
        data={(entity?.fields ?? []).map((field) => ({ value: field.name, label: inWords(field.label) }))}
        value={asked.field || null}
        onChange={(field) => set({ field: field ?? undefined })}
      />
      <Suspense fallback={null}>
        <DateField
          kind="date_time"
          label={t("why.at")}
          description={t("why.atHelp")}
          value={asked.at}
          onChange={(at) => set({ at: at ?? undefined })}
        />
      </Suspense>
    </div>
  );
}

function Answer({ asked }: { asked: Asked }) {
  const { t } = useTranslation("admin");
  const plural = findEntity(useEntities(), asked.entity)?.plural ?? asked.entity;
  const why = useQuery(whyQuery(asked));
  return (
    <Ready query={why} rows={5}>
      {(found) => (
        <>
          <Verdict why={found} />
          <Anchor component={Link} to={recordPath(plural, asked.record)} size="sm">
            {t("why.open")}
          </Anchor>
          {found.steps.length > 0 && <Steps why={found} />}
          {found.ways.length > 0 && <Ways why={found} />}
        </>
      )}
    </Ready>
  );
}

function Verdict({ why }: { why: Why }) {
  const { t } = useTranslation("admin");
  const facts = [
    why.owner && t("why.owner", { name: why.owner.name }),
    why.team && t("why.team", { name: why.team.name }),
    why.level && t("why.level", { level: t(`admin:level.${why.level}`) }),
  ].filter(Boolean);
  const [color, icon, title] =
    why.allow === null
      ? (["gray", <IconInfoCircle key="i" aria-hidden />, t("why.unknown")] as const)
      : why.allow
        ? (["green", <IconCheck key="i" aria-hidden />, t("why.yes", { name: why.user.name })] as const)
        : (["orange", <IconX key="i" aria-hidden />, t("why.no", { name: why.user.name })] as const);
  return (
    <Alert variant="light" color={color} icon={icon} title={title} role="status">
      <Text size="sm">{why.unknown ?? facts.join(" · ")}</Text>
      <Text size="sm" c="dimmed">
        {t("why.as", { at: dateTime(why.at) })}
      </Text>
    </Alert>
  );
}

const KINDS = { gives: "ok", takes: "warn", nothing: "muted" } as const;

function Steps({ why }: { why: Why }) {
  const { t } = useTranslation("admin");
  return (
    <section aria-label={t("why.steps")}>
      <Title order={2} className={classes.title}>
        {t("why.steps")}
      </Title>
      <ul className={classes.list}>
        {why.steps.map((step) => (
          <li key={`${step.rule} ${step.role?.id} ${step.grant} ${step.label}`}>
            <Fact kind={KINDS[step.effect]}>
              {step.effect === "gives" ? (
                <IconCheck size={14} aria-hidden />
              ) : step.effect === "takes" ? (
                <IconX size={14} aria-hidden />
              ) : (
                <IconMinus size={14} aria-hidden />
              )}
              {t(`admin:why.effect.${step.effect}`)}
            </Fact>{" "}
            <span>
              {step.label}
              {step.level && ` ${t("why.shows", { level: t(`admin:level.${step.level}`) })}`}
            </span>
            {step.grant && step.may_end && (
              <EndGrant id={step.grant} name={why.user.name} what={step.label} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Ends the grant that had a say; what is shown is asked for anew by that. */
function EndGrant({ id, name, what }: { id: string; name: string; what: string }) {
  const { t } = useTranslation("admin");
  const { endFor } = useGrantActs();
  const [busy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    await endFor(id, name);
    setBusy(false);
  };
  return (
    <Button
      size="compact-sm"
      variant="default"
      ml="xs"
      loading={busy}
      aria-label={t("shared:endOf", { name: what })}
      onClick={({ currentTarget }) => {
        passFocus(currentTarget);
        void stop();
      }}
    >
      {t("shared:end")}
    </Button>
  );
}

function Ways({ why }: { why: Why }) {
  const { t } = useTranslation("admin");
  const reads = mayManage(useMe(), "roles");
  return (
    <section aria-label={t("why.ways")}>
      <Title order={2} className={classes.title}>
        {t("why.ways")}
      </Title>
      <Text size="sm" c="dimmed">
        {t("why.waysAbout")}
      </Text>
      <ul className={classes.list}>
        {why.ways.map((way) => (
          <li key={way.label}>
            <span>{way.label}</span>{" "}
            {way.role && reads && (
              <Anchor component={Link} to={rolePath(way.role.id)} size="sm">
                {t("why.role", { name: way.role.label })}
              </Anchor>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

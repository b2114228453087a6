// How users of a partner register deals, and those that they registered.
import { Anchor, Button, Group, NumberInput, Select, Text } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/client";
import { colleaguesQuery } from "@/api/queries";
import type { Partner, Registration } from "@/api/types";
import { compare, dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { registrationsQuery } from "@/lib/registrations";
import { done } from "@/lib/undo";
import { VIEWER } from "@/pages/record/share";
import { More } from "@/pages/record/tabs/More";
import { confirmAct } from "@/ui/confirmAct";
import { RegistrationState } from "@/ui/RegistrationState";
import { Fact, Ready } from "@/ui/States";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { Facts, Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { roleOptions, useRoles } from "../parts/useRoles";
import { usePatchPartner } from "./queries";

const DAYS = 180;
const DAYS_MAX = 366;

export function Registrations({ partner, may }: { partner: Partner; may: boolean }) {
  const { t } = useTranslation("partners");
  const [editing, setEditing] = useState(false);
  const patch = usePatchPartner(partner);
  const rules = partner.registration;
  const close = () =>
    confirmAct({
      title: t("registration.offTitle", { name: partner.name }),
      consequence: t("registration.offText"),
      button: t("registration.off"),
      run: async () => {
        await patch({ registration: null });
        done(t("registration.offDone"));
      },
    });
  return (
    <Panel title={t("registration.title")} about={t("registration.about")}>
      {rules ? (
        <Facts
          items={[
            [t("state"), <Standing key="standing" closed={rules.closed} />],
            [t("registration.caretaker"), rules.caretaker.name],
            [t("registration.role"), rules.role?.label ?? t("shared:roleGone")],
            [t("registration.days"), t("registration.forDays", { count: rules.days })],
          ]}
        />
      ) : (
        <Text size="sm">{t("registration.isOff")}</Text>
      )}
      {may && (
        <Group>
          <Button variant="default" onClick={() => setEditing(true)}>
            {rules ? t("registration.change") : t("registration.on")}
          </Button>
          {rules && (
            <Button variant="default" onClick={close}>
              {t("registration.off")}
            </Button>
          )}
        </Group>
      )}
      <Registered partner={partner} />
      <FormDialog
        opened={editing}
        onClose={() => setEditing(false)}
        title={t("registration.title")}
        size="lg"
      >
        <Edit partner={partner} onClose={() => setEditing(false)} />
      </FormDialog>
    </Panel>
  );
}

type Closed = NonNullable<Partner["registration"]>["closed"];

function Standing({ closed }: { closed: Closed }) {
  const { t } = useTranslation("partners");
  if (!closed) return <Fact kind="ok">{t("registration.isOn")}</Fact>;
  return <Fact kind="warn">{t(`partners:registration.closed.${closed}`)}</Fact>;
}

function Registered({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const query = useInfiniteQuery(registrationsQuery(partner.id));
  const columns = useColumns();
  return (
    <Ready query={query} rows={2}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0)
          return (
            <Text size="sm" c="dimmed">
              {t("registration.none")}
            </Text>
          );
        return (
          <>
            <Text size="sm" fw={500}>
              {t("registration.count", { count: pages[0]?.count ?? 0 })}
            </Text>
            <Rows label={t("registration.list")} columns={columns} rows={rows} keyOf={({ id }) => id} />
            <More label={t("shared:more")} query={query} />
          </>
        );
      }}
    </Ready>
  );
}

function useColumns(): Column<Registration>[] {
  const { t } = useTranslation("partners");
  return [
    {
      key: "company",
      label: t("registration.company"),
      cell: ({ id, company }) =>
        company ? (
          <Anchor component={Link} to={recordPath("leads", id)} size="sm" fw={500}>
            {company}
          </Anchor>
        ) : (
          t("registration.unseen")
        ),
    },
    { key: "at", label: t("registration.at"), sort: ({ at }) => at, cell: ({ at }) => dateTime(at) },
    { key: "by", label: t("registration.by"), sort: ({ by }) => by.name, cell: ({ by }) => by.name },
    { key: "state", label: t("state"), cell: (one) => <RegistrationState of={one} /> },
    {
      key: "until",
      label: t("registration.until"),
      sort: ({ until }) => until,
      cell: ({ until }) => dateTime(until),
    },
  ];
}

interface Draft {
  caretaker: string | null;
  role: string | null;
  days: number | string;
}

function Edit({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const patch = usePatchPartner(partner);
  const roles = useRoles();
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const rules = partner.registration;
  const [draft, setDraft] = useState<Draft>({
    caretaker: rules?.caretaker.id ?? null,
    role: rules?.role?.id ?? VIEWER,
    days: rules?.days ?? DAYS,
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const { caretaker, role, days } = draft;
  const save = useMutation({
    mutationFn: () =>
      patch({ registration: { caretaker: caretaker ?? "", role: role ?? "", days: Number(days) } }),
    onSuccess: () => {
      done(t("registration.saved"));
      onClose();
    },
  });
  const problem = problemOf(save.error);
  const names = {
    registration: t("registration.title"),
    "registration.caretaker": t("registration.caretaker"),
    "registration.role": t("registration.role"),
    "registration.days": t("registration.days"),
  };
  const people = colleagues
    .map(({ id, name }) => ({ value: id, label: name }))
    .sort((a, b) => compare(a.label, b.label));
  return (
    <DialogForm
      button={t("common:save")}
      disabled={!caretaker || !role || !Number.isInteger(Number(days)) || days === ""}
      sending={save}
      names={names}
      onCancel={onClose}
    >
      <div className={classes.form}>
        <Select
          label={t("registration.caretaker")}
          description={t("registration.caretakerHelp")}
          className={classes.wide}
          searchable
          required
          allowDeselect={false}
          data={people}
          value={caretaker}
          error={problem?.issue("registration.caretaker")}
          onChange={(chosen) => change({ caretaker: chosen })}
        />
        <Select
          label={t("registration.role")}
          description={t("registration.roleHelp")}
          className={classes.wide}
          searchable
          required
          allowDeselect={false}
          data={roleOptions(roles)}
          value={role}
          error={problem?.issue("registration.role")}
          onChange={(chosen) => change({ role: chosen })}
        />
        <NumberInput
          label={t("registration.days")}
          description={t("registration.daysHelp")}
          className={classes.wide}
          required
          allowDecimal={false}
          min={1}
          max={DAYS_MAX}
          value={days}
          error={problem?.issue("registration.days")}
          onChange={(chosen) => change({ days: chosen })}
        />
      </div>
    </DialogForm>
  );
}

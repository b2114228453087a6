// On what ground data are shared with a partner, from when until when; and what the end of it ends.
import { Badge, Button, Checkbox, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf, serverNow } from "@/api/client";
import type { Agreement, Partner } from "@/api/types";
import { dayOf, useToday } from "@/lib/days";
import { dateOf, dateTime, day } from "@/lib/format";
import { done } from "@/lib/undo";
import { endOf } from "@/pages/record/share";
import { DayField } from "@/ui/DayField";
import { Empty } from "@/ui/States";
import classes from "../Admin.module.css";
import { DialogForm, FormDialog } from "../parts/FormDialog";
import { Panel } from "../parts/Panel";
import { type Column, Rows } from "../parts/Rows";
import { AgreementFields, useAgreementNames } from "./AgreementFields";
import { cutShort, firstAgreement, inputOf } from "./agreement";
import { partnerGrantsQuery, usePatchPartner } from "./queries";

interface Props {
  partner: Partner;
  may: boolean;
}

export function Agreements({ partner, may }: Props) {
  const { t } = useTranslation("partners");
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Agreement | null>(null);
  const agreements = [...(partner.agreements ?? [])].sort((a, b) => b.valid_from.localeCompare(a.valid_from));
  const columns = useColumns(may ? setEnding : undefined);
  return (
    <Panel
      title={t("agreements")}
      about={t("agreementsAbout")}
      actions={
        may && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t("agreement.add")}
          </Button>
        )
      }
    >
      {agreements.length === 0 ? (
        <Empty title={t("noAgreements")}>{t("noAgreementsText")}</Empty>
      ) : (
        <Rows label={t("agreements")} columns={columns} rows={agreements} keyOf={({ id }) => id} />
      )}
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t("agreement.add")} size="lg">
        <Add partner={partner} onClose={() => setAdding(false)} />
      </FormDialog>
      <FormDialog opened={ending !== null} onClose={() => setEnding(null)} title={t("agreement.changeEnd")}>
        {ending && <End partner={partner} agreement={ending} onClose={() => setEnding(null)} />}
      </FormDialog>
    </Panel>
  );
}

function useColumns(onEnd?: (agreement: Agreement) => void): Column<Agreement>[] {
  const { t } = useTranslation("partners");
  return [
    { key: "number", label: t("agreement.number"), cell: ({ number }) => number },
    {
      key: "ground",
      label: t("agreement.ground"),
      cell: ({ ground, citation, basis }) => (
        <div>
          {t(`partners:ground.${ground}`)}
          <Text size="xs" c="dimmed">
            {[citation, basis && t(`partners:basis.${basis}`)].filter(Boolean).join(" · ")}
          </Text>
        </div>
      ),
    },
    { key: "signed", label: t("agreement.signed"), cell: ({ signed_on }) => day(signed_on) },
    {
      key: "span",
      label: t("agreement.span"),
      cell: ({ valid_from, valid_until }) =>
        valid_until
          ? t("agreement.fromTo", { from: dateOf(valid_from), to: dateTime(valid_until) })
          : t("agreement.fromOn", { from: dateOf(valid_from) }),
    },
    {
      key: "state",
      label: t("state"),
      cell: ({ state }) => (
        <Badge variant={state === "in_force" ? "light" : "default"} tt="none">
          {t(`partners:agreementState.${state}`)}
        </Badge>
      ),
    },
    ...(onEnd
      ? [
          {
            key: "acts",
            label: t("acts"),
            quiet: true,
            end: true,
            cell: (agreement: Agreement) =>
              agreement.state !== "ended" && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t("agreement.changeEndOf", { number: agreement.number })}
                  onClick={() => onEnd(agreement)}
                >
                  {t("agreement.changeEnd")}
                </Button>
              ),
          },
        ]
      : []),
  ];
}

function Add({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const today = useToday();
  const patch = usePatchPartner(partner);
  const [draft, setDraft] = useState(() => firstAgreement(today));
  const names = useAgreementNames("add_agreement");
  const add = useMutation({
    mutationFn: () => patch({ add_agreement: inputOf(draft) }),
    onSuccess: () => {
      done(t("agreement.added"));
      onClose();
    },
  });
  return (
    <DialogForm button={t("agreement.add")} sending={add} names={names} onCancel={onClose}>
      <div className={classes.form}>
        <AgreementFields
          value={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          problem={problemOf(add.error)}
          within="add_agreement"
        />
      </div>
    </DialogForm>
  );
}

interface EndProps {
  partner: Partner;
  agreement: Agreement;
  onClose: () => void;
}

/** Another end of an agreement. What ends with it is said before. */
function End({ partner, agreement, onClose }: EndProps) {
  const { t } = useTranslation("partners");
  const patch = usePatchPartner(partner);
  const { valid_until } = agreement;
  const [until, setUntil] = useState(() => (valid_until ? dayOf(new Date(valid_until)) : ""));
  const [now, setNow] = useState(false);
  const end = () => (now ? new Date(serverNow()).toISOString() : until && endOf(until));
  const change = useMutation({
    mutationFn: () => patch({ end_agreement: { id: agreement.id, valid_until: end() } }),
    onSuccess: () => {
      done(t("agreement.changed"));
      onClose();
    },
  });
  const names = { "end_agreement.valid_until": t("agreement.until"), "end_agreement.id": t("agreement.one") };
  return (
    <DialogForm
      button={t("agreement.changeEnd")}
      danger={now}
      sending={change}
      names={names}
      onCancel={onClose}
    >
      <Text size="sm">
        {agreement.number} · {t(`partners:ground.${agreement.ground}`)}
      </Text>
      {agreement.state === "in_force" && (
        <Checkbox
          label={t("agreement.atOnce")}
          checked={now}
          onChange={(e) => setNow(e.currentTarget.checked)}
        />
      )}
      {!now && (
        <DayField
          label={t("agreement.until")}
          required
          value={until}
          error={problemOf(change.error)?.issue("end_agreement.valid_until")}
          onChange={setUntil}
        />
      )}
      <Consequence partner={partner} agreement={agreement} end={end()} />
    </DialogForm>
  );
}

/** How much of what is shared would end earlier, and when: other agreements may go on for some time. */
function Consequence({ partner, agreement, end }: { partner: Partner; agreement: Agreement; end: string }) {
  const { t } = useTranslation("partners");
  const { data, hasNextPage } = useInfiniteQuery(partnerGrantsQuery(partner.id));
  if (!data || Number.isNaN(Date.parse(end))) return null;
  const now = serverNow();
  const untils = data.pages.flatMap((page) => page.items).map(({ until }) => until);
  const { at, count } = cutShort(partner.agreements ?? [], { id: agreement.id, end }, untils, now);
  const outlasts = untils.some((until) => !until || Date.parse(until) > Date.parse(end));
  const cutWords = () => {
    if (at <= now) return t(hasNextPage ? "agreement.endsNowMore" : "agreement.endsNow", { count });
    const cut = { count, at: dateTime(new Date(at)) };
    return t(hasNextPage ? "agreement.endsMore" : "agreement.ends", cut);
  };
  const words = count > 0 ? cutWords() : t(outlasts ? "agreement.goesOn" : "agreement.endsNothing");
  return (
    <Group role="status">
      <Text size="sm">{words}</Text>
    </Group>
  );
}

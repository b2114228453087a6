// Requests for a second person's approval: those to decide on, and one's own.
import { Badge, Button, Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Approval } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { dateTime, number } from "@/lib/format";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { DecideDialog } from "./DecideDialog";
import { useDecisions } from "./queries";
import classes from "./Requests.module.css";

const JOBS: string = "/jobs";

/** What it is about: the kind of act, the kind of records and how many. */
function What({ approval }: { approval: Approval }) {
  const { t } = useTranslation("requests");
  const entity = findEntity(useEntities(), approval.entity ?? "");
  const many = approval.kind === "role_change" ? "people" : "records";
  const parts = [
    t(`requests:kind.${approval.kind}`),
    entity && inWords(entity.label_plural),
    t(`requests:preview.${many}`, { count: approval.count, number: number(approval.count) }),
  ];
  return <span>{parts.filter(Boolean).join(" · ")}</span>;
}

export function ApprovalToDecide({ approval }: { approval: Approval }) {
  const { t } = useTranslation("requests");
  const [open, setOpen] = useState(false);
  const name = approval.user.name || t("common:unknownUser");
  return (
    <div className={classes.item}>
      <div className={classes.what}>
        <h3>{t("second.asks", { name })}</h3>
        <What approval={approval} />
        {approval.reason && <p>{t("decide.reason", { reason: approval.reason })}</p>}
        <p className={classes.when}>
          {t("asked", { at: dateTime(approval.at) })} · {t("ends", { at: dateTime(approval.ends_at) })}
        </p>
      </div>
      <Button size="compact-sm" aria-label={t("second.lookOf", { name })} onClick={() => setOpen(true)}>
        {t("second.look")}
      </Button>
      {open && <DecideDialog approval={approval} name={name} onClose={() => setOpen(false)} />}
    </div>
  );
}

const COLORS = {
  asked: "gray",
  approved: "green",
  declined: "red",
  withdrawn: "gray",
  expired: "gray",
  ended: "gray",
  void: "orange",
} as const;

export function ApprovalMine({ approval }: { approval: Approval }) {
  const { t } = useTranslation("requests");
  const { withdraw } = useDecisions();
  const onWithdraw = () =>
    confirmAct({
      title: t("second.withdrawTitle"),
      consequence: t("second.withdrawText"),
      button: t("second.withdraw"),
      run: () => withdraw(approval.id).then(() => done(t("second.withdrawn"))),
    });
  return (
    <div className={classes.item}>
      <div className={classes.what}>
        <What approval={approval} />
        {approval.reason && <p>{t("decide.reason", { reason: approval.reason })}</p>}
        {approval.by && <span>{t("second.by", { name: approval.by.name || t("common:unknownUser") })}</span>}
        {approval.said && <p>{t("decide.reason", { reason: approval.said })}</p>}
        {approval.job && (
          <span>
            <Link to={JOBS}>{t("second.job")}</Link>
          </span>
        )}
        <p className={classes.when}>
          {t("asked", { at: dateTime(approval.at) })}
          {approval.state === "asked" && ` · ${t("ends", { at: dateTime(approval.ends_at) })}`}
        </p>
      </div>
      <Group gap="xs">
        {approval.state === "asked" && (
          <Button size="compact-sm" variant="default" onClick={onWithdraw}>
            {t("second.withdraw")}
          </Button>
        )}
        <Badge variant="light" color={COLORS[approval.state]}>
          {t(`requests:how.${approval.state}`)}
        </Badge>
      </Group>
    </div>
  );
}

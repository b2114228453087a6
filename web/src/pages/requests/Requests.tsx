import { Badge, Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { recordQuery } from "@/api/queries";
import type { AccessRequest, Approval, Entity } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, titleOf, useEntities } from "@/lib/entities";
import { dateOf, dateTime } from "@/lib/format";
import { recordPath, reviewPath } from "@/lib/paths";
import { done } from "@/lib/undo";
import { reviewsQuery, waits } from "@/pages/reviews/queries";
import { confirmAct } from "@/ui/confirmAct";
import framed from "@/ui/Framed.module.css";
import { Page } from "@/ui/Page";
import { Ready } from "@/ui/States";
import { ApprovalMine, ApprovalToDecide } from "./Approvals";
import { ApproveDialog } from "./ApproveDialog";
import { approvalsQuery, requestsQuery, useAnswers } from "./queries";
import classes from "./Requests.module.css";

/** What awaits the user's decision, and what the user asked for. */
export default function Requests() {
  const { t } = useTranslation("requests");
  return (
    <Page title={t("title")} tab={t("title")} lead={<p className={classes.lead}>{t("lead")}</p>}>
      <ToReview />
      <Part
        direction="to_decide"
        heading={t("decide.heading")}
        none={t("decide.none")}
        one={(r) => <ToDecide request={r} />}
        approval={(a) => <ApprovalToDecide approval={a} />}
      />
      <Part
        direction="mine"
        heading={t("mine.heading")}
        none={t("mine.none")}
        one={(r) => <Mine request={r} />}
        approval={(a) => <ApprovalMine approval={a} />}
      />
    </Page>
  );
}

/** Reviews of access in which something waits for the user. */
function ToReview() {
  const { t } = useTranslation("requests");
  const reviews = (useQuery(reviewsQuery("mine")).data ?? []).filter(waits);
  if (reviews.length === 0) return null;
  return (
    <section className={classes.part} aria-label={t("reviews.heading")}>
      <h2>{t("reviews.heading")}</h2>
      <ul className={framed.list}>
        {reviews.map((review) => (
          <li key={review.id} className={classes.item}>
            <div className={classes.what}>
              <Link to={reviewPath(review.id)}>{review.name}</Link>
              <p className={classes.when}>
                {t("reviews.left", { count: review.own?.open })} ·{" "}
                {t("reviews.until", { at: dateTime(review.ends_at) })}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PartProps {
  direction: "mine" | "to_decide";
  heading: string;
  none: string;
  one: (request: AccessRequest) => ReactNode;
  approval: (approval: Approval) => ReactNode;
}

/** One inbox: requests for access and for approval, those first that concern many. */
function Part({ direction, heading, none, one, approval }: PartProps) {
  const requests = useQuery(requestsQuery(direction));
  const approvals = useQuery(approvalsQuery(direction));
  return (
    <section className={classes.part} aria-label={heading}>
      <h2>{heading}</h2>
      <Ready query={approvals} rows={2}>
        {(many) => (
          <Ready query={requests} rows={2}>
            {(single) =>
              many.length + single.length === 0 ? (
                <p className={classes.none}>{none}</p>
              ) : (
                <ul className={framed.list}>
                  {many.map((each) => (
                    <li key={each.id}>{approval(each)}</li>
                  ))}
                  {single.map((each) => (
                    <li key={each.id}>{one(each)}</li>
                  ))}
                </ul>
              )
            }
          </Ready>
        )}
      </Ready>
    </section>
  );
}

const useKind = (request: AccessRequest): Entity | undefined =>
  findEntity(useEntities(), request.entity ?? "");

/** The record by its name and kind, for whoever sees it. */
function Seen({ request }: { request: AccessRequest }) {
  const { t } = useTranslation("requests");
  const entity = useKind(request);
  const record = useQuery({
    ...recordQuery(entity?.plural ?? "", request.record),
    enabled: entity !== undefined,
    retry: false,
  }).data;
  if (!entity) return <span>{t("unknown")}</span>;
  const title = (record && titleOf(entity, record.fields)) || t("mine.open");
  return (
    <span>
      <Link to={recordPath(entity.plural, request.record)}>{title}</Link> · {inWords(entity.label)}
    </span>
  );
}

/** The address that was asked for, whatever stands there. */
function Address({ request }: { request: AccessRequest }) {
  const { t } = useTranslation("requests");
  const entity = useKind(request);
  if (!entity) return <span>{t("unknown")}</span>;
  return (
    <span>
      <Link to={recordPath(entity.plural, request.record)}>{t("mine.open")}</Link> · {inWords(entity.label)}
    </span>
  );
}

function ToDecide({ request }: { request: AccessRequest }) {
  const { t } = useTranslation("requests");
  const { decline } = useAnswers();
  const [open, setOpen] = useState(false);
  const entity = useKind(request);
  const name = request.user?.name || t("common:unknownUser");
  const onDecline = () =>
    confirmAct({
      title: t("decide.declineTitle"),
      consequence: t("decide.declineText", { name }),
      button: t("decide.decline"),
      run: () => decline(request.id).then(() => done(t("decide.declined"))),
    });
  return (
    <div className={classes.item}>
      <div className={classes.what}>
        <h3>{t("decide.asks", { name })}</h3>
        <Seen request={request} />
        {request.reason && <p>{t("decide.reason", { reason: request.reason })}</p>}
        {request.until && <p>{t("decide.wanted", { at: dateOf(request.until) })}</p>}
        <p className={classes.when}>
          {t("asked", { at: dateTime(request.at) })} · {t("ends", { at: dateTime(request.ends_at) })}
        </p>
      </div>
      <Group gap="xs">
        <Button size="compact-sm" aria-label={t("decide.approveOf", { name })} onClick={() => setOpen(true)}>
          {t("decide.approve")}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("decide.declineOf", { name })}
          onClick={onDecline}
        >
          {t("decide.decline")}
        </Button>
      </Group>
      {open && entity && (
        <ApproveDialog entity={entity} request={request} name={name} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}

const COLORS = { asked: "gray", granted: "green", not_granted: "gray" } as const;

function Mine({ request }: { request: AccessRequest }) {
  const { t } = useTranslation("requests");
  return (
    <div className={classes.item}>
      <div className={classes.what}>
        {request.state === "granted" ? <Seen request={request} /> : <Address request={request} />}
        <p className={classes.when}>
          {t("asked", { at: dateTime(request.at) })}
          {request.state === "asked" && ` · ${t("ends", { at: dateTime(request.ends_at) })}`}
        </p>
      </div>
      <Badge variant="light" color={COLORS[request.state]}>
        {t(`requests:state.${request.state}`)}
      </Badge>
    </div>
  );
}

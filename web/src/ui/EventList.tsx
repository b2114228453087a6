// Events of the ledger in words: when, who, what, to which record, and with what outcome.
import { ActionIcon, Anchor, Badge, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconBan, IconCertificate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { download } from "@/api/client";
import type { LedgerEvent } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { failed } from "@/lib/undo";
import classes from "./EventList.module.css";
import { useEventWords } from "./eventWords";

interface Props {
  events: LedgerEvent[];
  /** Who did it; left out where all are the same user's. */
  showUser?: boolean;
  /** Offers the proof of each event that the user may prove: own ones, and all with the right to the ledger. */
  proofs?: boolean;
  /** Leaves out the link to the record, as on the record's own page. */
  hideRecord?: boolean;
}

/** The act in words; an act newer than this interface is named by its code. */
export function useActWords(): (act: string) => string {
  const { t, i18n } = useTranslation("events");
  return (act) => (i18n.exists(`events:act.${act}`) ? t(`events:act.${act}`) : act.replace(/[._]/g, " "));
}

/** Who did it; of a service account, also who answered for it. */
export function useWho(): (event: LedgerEvent) => string {
  const { t } = useTranslation("events");
  return ({ user, owner, who }) => {
    if (!user?.name) return t(`events:who.${who}`);
    return owner ? t("ownedBy", { name: user.name, owner: owner.name }) : user.name;
  };
}

export function EventList({ events, showUser = true, proofs, hideRecord }: Props) {
  const { t } = useTranslation("events");
  return (
    <ul className={classes.list} aria-label={t("list")}>
      {events.map((event) => (
        <EventRow key={event.id} {...{ event, showUser, proofs, hideRecord }} />
      ))}
    </ul>
  );
}

function EventRow({ event, showUser, proofs, hideRecord }: Omit<Props, "events"> & { event: LedgerEvent }) {
  const { t } = useTranslation("events");
  const act = useActWords();
  const who = useWho();
  const me = useMe();
  const entity = findEntity(useEntities(), event.entity ?? "");
  const details = useEventWords(event, entity);
  const mine = event.user?.id === me.user.id;
  return (
    <li className={classes.row}>
      <time className={classes.time} dateTime={event.at} title={event.at}>
        {dateTime(event.at)}
      </time>
      <div className={classes.what}>
        <span>
          {showUser && <b className={classes.user}>{who(event)}</b>}
          <span>{act(event.act)}</span>
          {entity && (
            <span className={classes.dim}>
              {" · "}
              {!hideRecord && event.record ? (
                <Anchor
                  component={Link}
                  to={recordPath(entity.plural, event.record)}
                  inherit
                  underline="always"
                >
                  {inWords(entity.label)}
                </Anchor>
              ) : (
                inWords(entity.label)
              )}
            </span>
          )}
          {event.touched > 1 && (
            <span className={classes.dim}> · {t("records", { count: event.touched })}</span>
          )}
          <Outcome outcome={event.outcome} />
        </span>
        {details.length > 0 && <span className={classes.dim}>{details.join(" · ")}</span>}
      </div>
      {proofs && (mine || mayManage(me, "ledger")) && <ProofButton event={event} />}
    </li>
  );
}

function Outcome({ outcome }: { outcome: LedgerEvent["outcome"] }) {
  const { t } = useTranslation("events");
  if (outcome === "done") return null;
  const Icon = outcome === "refused" ? IconBan : IconAlertTriangle;
  return (
    <Badge
      size="sm"
      ml={8}
      variant="light"
      color={outcome === "refused" ? "orange" : "red"}
      leftSection={<Icon size={12} aria-hidden />}
      tt="none"
    >
      {t(`events:outcome.${outcome}`)}
    </Badge>
  );
}

/** A file that shows, without the data, that the event is in the ledger. */
function ProofButton({ event }: { event: LedgerEvent }) {
  const { t } = useTranslation("events");
  const label = t("proof", { seq: event.seq });
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() =>
          download(`/ledger/events/${event.id}/proof`, `klucznik-proof-${event.seq}.json`).catch(failed)
        }
      >
        <IconCertificate size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

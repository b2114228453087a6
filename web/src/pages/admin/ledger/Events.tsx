import { Anchor, Button, Code, Group, Text } from "@mantine/core";
import {
  IconBan,
  IconCertificate,
  IconCheck,
  IconChevronDown,
  IconChevronRight,
  IconLock,
  IconX,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "@/api/client";
import type { Entity, LedgerEvent, Role } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { failed } from "@/lib/undo";
import { useActWords, useWho } from "@/ui/EventList";
import { useEventWords } from "@/ui/eventWords";
import { Fact } from "@/ui/States";
import { Facts } from "../parts/Panel";
import { differences, inputOf } from "../parts/rights";
import { DifferenceList, useFieldFlags } from "../roles/DifferenceList";
import classes from "./Events.module.css";

export function Events({ events }: { events: LedgerEvent[] }) {
  const { t } = useTranslation("ledger");
  return (
    <ul className={classes.list} aria-label={t("title")}>
      {events.map((event) => (
        <Row key={event.id} event={event} />
      ))}
    </ul>
  );
}

const LOCKED = "login.locked";

function Row({ event }: { event: LedgerEvent }) {
  const { t } = useTranslation("ledger");
  const act = useActWords();
  const who = useWho();
  const id = useId();
  const [open, setOpen] = useState(false);
  const entity = findEntity(useEntities(), event.entity ?? "");
  const words = useEventWords(event, entity);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li
      className={classes.event}
      data-outcome={event.outcome}
      data-locked={event.act === LOCKED || undefined}
    >
      <div className={classes.row}>
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={id}
          aria-label={t("detailOf", { seq: event.seq })}
          onClick={() => setOpen(!open)}
        >
          <Chevron size={16} aria-hidden />
        </button>
        <time className={classes.time} dateTime={event.at} title={event.at}>
          {dateTime(event.at)}
        </time>
        <span className={classes.who}>{who(event)}</span>
        <span className={classes.what}>
          {act(event.act)}
          {event.touched > 1 && (
            <span className={classes.dim}> · {t("events:records", { count: event.touched })}</span>
          )}
          {words.length > 0 && <span className={classes.says}>{words.join(" · ")}</span>}
        </span>
        <span className={classes.kind}>{entity && <RecordLink event={event} entity={entity} />}</span>
        <span className={classes.outcome}>
          <Outcome event={event} />
        </span>
      </div>
      <div id={id} hidden={!open}>
        {open && <Detail event={event} />}
      </div>
    </li>
  );
}

function RecordLink({ event, entity }: { event: LedgerEvent; entity: Entity }) {
  if (!event.record) return <span className={classes.dim}>{inWords(entity.label_plural)}</span>;
  return (
    <Anchor component={Link} to={recordPath(entity.plural, event.record)} size="sm">
      {inWords(entity.label)}
    </Anchor>
  );
}

function Outcome({ event }: { event: LedgerEvent }) {
  const { t } = useTranslation("ledger");
  if (event.act === LOCKED)
    return (
      <Fact kind="danger">
        <IconLock size={14} aria-hidden />
        <b>{t("locked")}</b>
      </Fact>
    );
  if (event.outcome === "refused")
    return (
      <Fact kind="warn">
        <IconBan size={14} aria-hidden />
        <b>{t("ledger:outcomeOf.refused")}</b>
      </Fact>
    );
  if (event.outcome === "failed")
    return (
      <Fact kind="danger">
        <IconX size={14} aria-hidden />
        <b>{t("ledger:outcomeOf.failed")}</b>
      </Fact>
    );
  return (
    <Fact kind="muted">
      <IconCheck size={14} aria-hidden />
      {t("ledger:outcomeOf.done")}
    </Fact>
  );
}

/** What of a role was changed, right by right. */
function RoleChange({ event }: { event: LedgerEvent }) {
  const { before, after } = (event.detail ?? {}) as { before?: Role | null; after?: Role };
  const flags = useFieldFlags();
  if (event.act !== "role.update" || !before || !after) return null;
  return <DifferenceList heading={2} found={differences(inputOf(before), inputOf(after), flags)} />;
}

/** All that the event says. A detail holds names of fields and counts, never values of records. */
function Detail({ event }: { event: LedgerEvent }) {
  const { t } = useTranslation("ledger");
  return (
    <div className={classes.detail}>
      <Facts
        items={[
          [t("place"), `${event.seq}`],
          [t("moment"), <Code key="at">{event.at}</Code>],
          [t("code"), <Code key="act">{event.act}</Code>],
          [t("event"), <Code key="id">{event.id}</Code>],
          [t("record"), event.record && <Code key="record">{event.record}</Code>],
          [t("partOf"), event.part_of && <Code key="part">{event.part_of}</Code>],
          [t("touched"), event.touched > 0 ? `${event.touched}` : ""],
        ]}
      />
      <RoleChange event={event} />
      {event.detail !== undefined && event.detail !== null && (
        <div>
          <Text size="xs" c="dimmed">
            {t("asRecorded")}
          </Text>
          <pre className={classes.raw}>{JSON.stringify(event.detail, null, 2)}</pre>
        </div>
      )}
      <Group gap="sm">
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconCertificate size={14} aria-hidden />}
          onClick={() =>
            download(`/ledger/events/${event.id}/proof`, `klucznik-proof-${event.seq}.json`).catch(failed)
          }
        >
          {t("proof")}
        </Button>
        {event.record && (
          <Anchor component={Link} to="/ledger" search={{ record: event.record } as never} size="sm">
            {t("sameRecord")}
          </Anchor>
        )}
        {event.user && (
          <Anchor component={Link} to="/ledger" search={{ user: event.user.id } as never} size="sm">
            {t("sameUser")}
          </Anchor>
        )}
      </Group>
    </div>
  );
}

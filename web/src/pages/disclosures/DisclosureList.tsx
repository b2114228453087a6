// What was disclosed to partners: when, to whom, which fields of which version, under which agreement; never values.
import { ActionIcon, Anchor, Tooltip } from "@mantine/core";
import { IconCertificate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { download } from "@/api/client";
import type { Disclosure } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, mayManage, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { failed } from "@/lib/undo";
import classes from "@/ui/EventList.module.css";
import own from "./Disclosures.module.css";

interface Props {
  items: Disclosure[];
  label: string;
  /** On the record's own page it is not named again. */
  hideRecord?: boolean;
}

export function DisclosureList({ items, label, hideRecord }: Props) {
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => (
        <One key={`${item.seq} ${item.record}`} item={item} hideRecord={hideRecord} />
      ))}
    </ul>
  );
}

function One({ item, hideRecord }: { item: Disclosure; hideRecord?: boolean }) {
  const { t } = useTranslation("disclosures");
  const me = useMe();
  const entity = findEntity(useEntities(), item.entity ?? "");
  const named = (names: string[]) =>
    names.map((name) => inWords(entity && fieldOf(entity, name)?.label) || name).join(", ");
  const kind = inWords(entity?.label) || item.entity || t("kindGone");
  const lines = [
    item.fields === null
      ? t("fieldsGone")
      : item.fields.length > 0 && t("fields", { names: named(item.fields) }),
    item.masked && item.masked.length > 0 && t("masked", { names: named(item.masked) }),
    [
      item.version !== null && t("version", { version: item.version }),
      item.agreements &&
        item.agreements.length > 0 &&
        t("agreements", {
          count: item.agreements.length,
          numbers: item.agreements.map(({ name }) => name).join(", "),
        }),
      t("event", { seq: item.seq }),
    ]
      .filter(Boolean)
      .join(" · "),
  ];
  return (
    <li className={`${classes.row} ${own.row}`}>
      <time className={classes.time} dateTime={item.at} title={item.at}>
        {dateTime(item.at)}
      </time>
      <div className={classes.what}>
        <span>
          <b className={classes.user}>
            {item.user.name || t("common:unknownUser")} ({item.partner.name})
          </b>
          <span>{t(`disclosures:channel.${item.channel}`)}</span>
          {!hideRecord && (
            <span>
              {" · "}
              {entity ? (
                <Anchor
                  component={Link}
                  to={recordPath(entity.plural, item.record)}
                  inherit
                  underline="always"
                >
                  {kind}
                </Anchor>
              ) : (
                kind
              )}
            </span>
          )}
        </span>
        {lines.map(
          (line) =>
            line && (
              <span key={line} className={classes.dim}>
                {line}
              </span>
            ),
        )}
      </div>
      {mayManage(me, "ledger") && <Proof item={item} />}
    </li>
  );
}

/** A file that shows, without the data, that the event is in the ledger. */
function Proof({ item: { event, seq } }: { item: Disclosure }) {
  const { t } = useTranslation("disclosures");
  const label = t("events:proof", { seq });
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        onClick={() => download(`/ledger/events/${event}/proof`, `klucznik-proof-${seq}.json`).catch(failed)}
      >
        <IconCertificate size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

// With whom the record was shared, by whom and until when; and the end of it.
import { Badge, Button } from "@mantine/core";
import { IconShare, IconUser, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Grant } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { passFocus } from "@/ui/passFocus";
import { Ready } from "@/ui/States";
import { useHere } from "../here";
import { granteeOf, inOrder } from "../share";
import { grantsQuery, useGrants } from "../useGrants";
import classes from "./Grants.module.css";
import tabs from "./Tabs.module.css";

export function Grants({ onShare }: { onShare?: () => void }) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const query = useQuery(grantsQuery(entity.plural, record.id));
  return (
    <section className={tabs.group} aria-label={t("share.heading")}>
      <h2>{t("share.heading")}</h2>
      <Ready query={query} rows={1}>
        {(grants) =>
          grants.length === 0 ? (
            <p className={classes.none}>{t("share.none")}</p>
          ) : (
            <ul className={classes.list}>
              {inOrder(grants).map((grant) => (
                <One key={grant.id} grant={grant} />
              ))}
            </ul>
          )
        }
      </Ready>
      {onShare && (
        <Button
          className={classes.share}
          size="compact-sm"
          variant="default"
          leftSection={<IconShare size={14} aria-hidden />}
          onClick={onShare}
        >
          {t("acts.share")}
        </Button>
      )}
    </section>
  );
}

function One({ grant }: { grant: Grant }) {
  const { t } = useTranslation("record");
  const { end } = useGrants();
  const [busy, setBusy] = useState(false);
  const name = granteeOf(grant);
  const over = grant.state === "ended";
  const Icon = grant.team ? IconUsers : IconUser;
  const stop = async (button: HTMLElement) => {
    passFocus(button);
    setBusy(true);
    await end(grant);
    setBusy(false);
  };
  return (
    <li className={classes.grant} data-over={grant.state !== "in_force" || undefined}>
      <div className={classes.what}>
        <div className={classes.head}>
          <Icon size={14} aria-hidden />
          <span className={classes.name}>{name || t("common:unknownUser")}</span>
          {grant.team && <span>({t("share.team")})</span>}
          <span>{grant.role?.label ?? t("share.roleGone")}</span>
          {grant.state !== "in_force" && (
            <Badge variant="default" size="sm">
              {t(`record:share.state.${grant.state}`)}
            </Badge>
          )}
        </div>
        <Details grant={grant} />
      </div>
      <Button
        size="compact-sm"
        variant="default"
        loading={busy}
        aria-label={over ? t("share.removeOf", { name }) : t("share.endOf", { name })}
        onClick={(event) => void stop(event.currentTarget)}
      >
        {over ? t("share.remove") : t("share.end")}
      </Button>
    </li>
  );
}

function Details({ grant }: { grant: Grant }) {
  const { t } = useTranslation("record");
  const { entity } = useHere();
  const fields = grant.fields?.flatMap((name) => {
    const field = fieldOf(entity, name);
    return field ? [inWords(field.label)] : [];
  });
  const times = [
    grant.state === "pending" && t("share.from", { at: dateTime(grant.from) }),
    grant.until ? t("access.until", { at: dateTime(grant.until) }) : t("access.noEnd"),
  ];
  const lines = [
    times.filter(Boolean).join(" "),
    [
      fields ? t("share.grantFields", { names: fields.join(", ") }) : t("share.allFields"),
      grant.with_related && t("share.withRelated"),
    ]
      .filter(Boolean)
      .join(" · "),
    grant.reason && t("share.reasonOf", { reason: grant.reason }),
    t("share.by", { name: grant.by.name || t("common:unknownUser"), at: dateTime(grant.at) }),
  ];
  return lines.map((line) => line && <p key={line}>{line}</p>);
}

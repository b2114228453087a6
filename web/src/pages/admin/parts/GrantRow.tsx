// One grant in a list of administration: which record, with whom, until when; it can be ended at once.
import { Anchor, Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnGrant } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import items from "@/pages/shared/GrantItem.module.css";
import { useGrantActs } from "@/pages/shared/useGrantActs";
import { passFocus } from "@/ui/passFocus";

interface Props {
  grant: OwnGrant;
  /** Whom it is for, where that is not its user, team or partner by name. */
  to?: string;
  /** Called once it was ended, or could not be. */
  onEnd?: () => Promise<unknown>;
}

export function GrantRow({ grant, to, onEnd }: Props) {
  const { t } = useTranslation("partners");
  const { end } = useGrantActs();
  const [busy, setBusy] = useState(false);
  const { record, owner } = grant;
  const entity = findEntity(useEntities(), record?.entity ?? "");
  const kind = inWords(entity?.label) || record?.entity || "";
  const cover = owner && t("coverOf", { name: owner.name });
  const name = cover || record?.title || kind;
  const fields = grant.fields?.map((field) => inWords(entity && fieldOf(entity, field)?.label) || field);
  const stop = async () => {
    setBusy(true);
    await end(grant);
    await onEnd?.();
    setBusy(false);
  };
  return (
    <li className={items.grant}>
      <div className={items.what}>
        <div className={items.head}>
          {record?.title && entity ? (
            <Anchor component={Link} to={recordPath(entity.plural, record.id)} inherit className={items.name}>
              {record.title}
            </Anchor>
          ) : (
            <span className={items.name}>{cover || t("unseenRecord", { kind })}</span>
          )}
          {record?.title && <span className={items.part}>{kind}</span>}
          <span className={items.part}>{grant.role?.label ?? t("shared:roleGone")}</span>
          {grant.state === "pending" && (
            <Badge variant="default" size="sm" tt="none">
              {t("shared:state.pending")}
            </Badge>
          )}
        </div>
        <p>
          {t("shared:to", { name: grant.user?.name || grant.team?.name || to || grant.partner?.name })}
          {" · "}
          {grant.until ? t("record:access.until", { at: dateTime(grant.until) }) : t("record:access.noEnd")}
        </p>
        <p>
          {[
            fields ? t("shared:fields", { names: fields.join(", ") }) : t("record:share.allFields"),
            grant.with_related && t("shared:withRelated"),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p>{t("shared:by", { name: grant.by.name || t("common:unknownUser"), at: dateTime(grant.at) })}</p>
      </div>
      <div className={items.acts}>
        {grant.may_end && (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy}
            aria-label={t("shared:endOf", { name })}
            onClick={({ currentTarget }) => {
              passFocus(currentTarget);
              void stop();
            }}
          >
            {t("shared:end")}
          </Button>
        )}
      </div>
    </li>
  );
}

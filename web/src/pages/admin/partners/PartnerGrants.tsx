// What is shared with a partner now: which record, with whom, until when; each can be ended at once.
import { Anchor, Badge, Button } from "@mantine/core";
import { IconShare } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OwnGrant, Partner } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { More } from "@/pages/record/tabs/More";
import items from "@/pages/shared/GrantItem.module.css";
import { useGrantActs } from "@/pages/shared/useGrantActs";
import { passFocus } from "@/ui/passFocus";
import { Empty, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { partnerGrantsQuery } from "./queries";

export function PartnerGrants({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const query = useInfiniteQuery(partnerGrantsQuery(partner.id));
  return (
    <Panel title={t("grants")} about={t("grantsAbout")}>
      <Ready query={query} rows={3}>
        {({ pages }) => {
          const grants = pages.flatMap((page) => page.items);
          if (grants.length === 0)
            return (
              <Empty icon={<IconShare size={32} stroke={1.5} aria-hidden />} title={t("noGrants")}>
                {t("noGrantsText")}
              </Empty>
            );
          return (
            <>
              <ul className={items.list} aria-label={t("grants")}>
                {grants.map((grant) => (
                  <One key={grant.id} grant={grant} partner={partner} />
                ))}
              </ul>
              <More label={t("shared:more")} query={query} />
            </>
          );
        }}
      </Ready>
    </Panel>
  );
}

function One({ grant, partner }: { grant: OwnGrant; partner: Partner }) {
  const { t } = useTranslation("partners");
  const client = useQueryClient();
  const { end } = useGrantActs();
  const [busy, setBusy] = useState(false);
  const { record } = grant;
  const entity = findEntity(useEntities(), record?.entity ?? "");
  const kind = inWords(entity?.label) || record?.entity || "";
  const name = record?.title || kind;
  const fields = grant.fields?.map((field) => inWords(entity && fieldOf(entity, field)?.label) || field);
  const stop = async () => {
    setBusy(true);
    await end(grant);
    await client.invalidateQueries({ queryKey: ["partners", partner.id, "grants"] });
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
            <span className={items.name}>{t("unseenRecord", { kind })}</span>
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
          {t("shared:to", { name: grant.user?.name || t("allOfPartner") })}
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

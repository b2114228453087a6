// What was shared with a partner's user, or with the whole partner: each record with what of it, and until when.
import { Anchor, Badge, Text } from "@mantine/core";
import { IconLock, IconShare } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OwnGrant } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, useEntities, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { EntityIcon } from "@/pages/record/header/EntityIcon";
import { inOrder } from "@/pages/record/share";
import { More } from "@/pages/record/tabs/More";
import items from "@/pages/shared/GrantItem.module.css";
import { ownGrantsQuery } from "@/pages/shared/queries";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { EndOf } from "./EndOf";
import { useEndOf } from "./grants";

export default function SharedWithMe() {
  const { t } = useTranslation("partner");
  const me = useMe();
  const query = useInfiniteQuery(ownGrantsQuery("received"));
  const lead = (
    <Text size="sm" c="dimmed" maw={720}>
      {t("lead", { house: me.organisation, partner: me.partner?.name })}
    </Text>
  );
  return (
    <Page title={t("title")} tab={t("title")} lead={lead}>
      <Ready query={query}>
        {(data) => {
          const grants = inOrder(data.pages.flatMap((page) => page.items)) as OwnGrant[];
          if (grants.length === 0) return <None />;
          return (
            <>
              <ul className={items.list} aria-label={t("title")}>
                {grants.map((grant) => (
                  <One key={grant.id} grant={grant} />
                ))}
              </ul>
              <More label={t("more")} query={query} />
            </>
          );
        }}
      </Ready>
    </Page>
  );
}

function None() {
  const { t } = useTranslation("partner");
  return (
    <Empty icon={<IconShare size={32} stroke={1.5} aria-hidden />} title={t("none.title")}>
      {t("none.text")}
    </Empty>
  );
}

function One({ grant }: { grant: OwnGrant }) {
  const { t } = useTranslation("partner");
  const entities = useEntities();
  const end = useEndOf()(grant);
  const { record } = grant;
  const entity = record ? findEntity(entities, record.entity) : undefined;
  // Named at all only where it is seen; what it is called may be among what was not shared.
  const seen = record && entity;
  const labels = grant.fields?.map((name) => inWords(entity && fieldOf(entity, name)?.label) || name);
  const what = [
    labels ? t("fields", { names: labels.join(", ") }) : t("allFields"),
    grant.with_related && t("withRelated"),
  ];
  return (
    <li className={items.grant} data-over={grant.state !== "in_force" || undefined}>
      <div className={items.what}>
        <div className={items.head}>
          <span className={items.title}>
            {seen ? <EntityIcon name={record.entity} size={14} /> : <IconLock size={14} aria-hidden />}
            {seen ? (
              <Anchor
                component={Link}
                to={recordPath(entity.plural, record.id)}
                inherit
                className={items.name}
              >
                {record.title || t("unnamed", { kind: inWords(entity.label) })}
              </Anchor>
            ) : (
              <span className={items.name}>{t("unseen")}</span>
            )}
          </span>
          {seen && <span className={items.part}>{inWords(entity.label)}</span>}
          {grant.state !== "in_force" && (
            <Badge variant="default" size="sm" tt="none">
              {t(`shared:state.${grant.state}`)}
            </Badge>
          )}
        </div>
        <EndOf end={end} />
        {grant.state === "pending" && <p>{t("from", { at: dateTime(grant.from) })}</p>}
        {seen && <p>{what.filter(Boolean).join(" · ")}</p>}
      </div>
    </li>
  );
}

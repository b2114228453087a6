// With whom the record was shared, by whom and until when; and the end of it.
import { Anchor, Button } from "@mantine/core";
import { IconShare, IconUser, IconUsers } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Grant } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { GrantItem } from "@/pages/shared/GrantItem";
import items from "@/pages/shared/GrantItem.module.css";
import { Ready } from "@/ui/States";
import { grantsOf } from "@/ui/whoGroups";
import { useHere } from "../here";
import { accessQuery } from "../queries";
import { granteeOf, inOrder } from "../share";
import { grantsQuery } from "../useGrants";
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
        {(grants) => (
          <>
            {record.parent && <WithParent own={grants} />}
            {grants.length === 0 ? (
              <p className={classes.none}>{record.parent ? t("share.noneItself") : t("share.none")}</p>
            ) : (
              <ul className={items.list}>
                {inOrder(grants).map((grant) => (
                  <One key={grant.id} grant={grant} />
                ))}
              </ul>
            )}
          </>
        )}
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
  const { entity } = useHere();
  const name = granteeOf(grant) || t("common:unknownUser");
  const { user, team, partner } = grant;
  const Icon = !user && (team || partner) ? IconUsers : IconUser;
  const heading = (
    <>
      <Icon size={14} aria-hidden />
      <span className={items.name}>{name}</span>
    </>
  );
  // Somebody of a partner is told from colleagues by the partner's name.
  const whole = team ? t("share.team") : partner ? t("share.partner") : undefined;
  const kind = user ? partner?.name : whole;
  return <GrantItem {...{ grant, entity, name, heading, kind }} />;
}

/**
 * Who reads what hangs on another record because that one was shared: by grants that are not on this one. Where that
 * one's own grants are, they can be ended.
 */
function WithParent({ own }: { own: Grant[] }) {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const entities = useEntities();
  const { data } = useInfiniteQuery(accessQuery(entity.plural, record.id));
  const here = new Set(own.map(({ id }) => id));
  const names = (data?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((person) => grantsOf(person).some(({ grant }) => grant && !here.has(grant)))
    .map((person) => person.user.name);
  if (names.length === 0 || !record.parent) return null;
  const parent = findEntity(entities, record.parent.entity);
  const ref = record.refs?.[record.parent.id];
  return (
    <p className={classes.parent}>
      <IconShare size={14} aria-hidden />
      <span>
        {t("share.throughParent", { kind: inWords(parent?.label), names: names.join(", ") })}
        {parent && ref && (
          <>
            {" "}
            <Anchor
              component={Link}
              to={recordPath(parent.plural, record.parent.id)}
              search={{ tab: "access" } as never}
              inherit
              underline="always"
            >
              {t("share.seeParent", { title: ref.title })}
            </Anchor>
          </>
        )}
      </span>
    </p>
  );
}

import { Anchor, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { mayManage, useMe } from "@/lib/entities";
import { DISCLOSURES } from "@/lib/paths";
import { useHere } from "@/pages/record/here";
import { More } from "@/pages/record/tabs/More";
import classes from "@/pages/record/tabs/Tabs.module.css";
import { Ready } from "@/ui/States";
import { DisclosureList } from "./DisclosureList";
import { disclosuresQuery } from "./queries";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What of this record reached a partner: for whoever may share it, or reads the ledger. */
export function DisclosuresOfRecord() {
  const { t } = useTranslation("disclosures");
  const { record, may } = useHere();
  const me = useMe();
  const all = mayManage(me, "ledger");
  const query = useInfiniteQuery({
    ...disclosuresQuery({ record: record.id }),
    enabled: all || may("share"),
  });
  if (!all && !may("share")) return null;
  return (
    <section className={classes.group} aria-labelledby="disclosures">
      <h2 id="disclosures">{t("title")}</h2>
      <Ready query={query} rows={1}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              {items.length === 0 && (
                <p className={classes.foot}>{t(query.hasNextPage ? "noneHere" : "noneOfRecord")}</p>
              )}
              {items.length > 0 && <DisclosureList items={items} label={t("title")} hideRecord />}
              <More label={t("older")} query={query} />
            </>
          );
        }}
      </Ready>
      {all && (
        <Group gap="md">
          <Anchor component={Link} to={DISCLOSURES} search={{ record: record.id } as never} size="sm">
            {t("allOfRecord")}
          </Anchor>
          {record.subject !== NOBODY && (
            <Anchor component={Link} to={DISCLOSURES} search={{ subject: record.subject } as never} size="sm">
              {t("allOfPerson")}
            </Anchor>
          )}
        </Group>
      )}
    </section>
  );
}

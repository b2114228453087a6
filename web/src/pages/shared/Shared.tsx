// What was shared with the user, and what the user shared: one place for all kinds of records.
import { Button, Tabs, Text } from "@mantine/core";
import { IconShare } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { mayAt, useEntities, useMe } from "@/lib/entities";
import { listPath } from "@/lib/paths";
import { More } from "@/pages/record/tabs/More";
import type { Search } from "@/router";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { TabRow } from "@/ui/TabRow";
import classes from "./GrantItem.module.css";
import { OwnGrantItem } from "./OwnGrantItem";
import { type Direction, ownGrantsQuery } from "./queries";

const TABS: Direction[] = ["received", "given"];

export default function Shared() {
  const { t } = useTranslation("shared");
  const go = useNavigate();
  const tab: Direction = (useSearch({ strict: false }) as Search).tab === "given" ? "given" : "received";
  const open = (name: string | null) =>
    void go({ to: ".", search: { tab: name === "given" ? name : undefined } as never, replace: true });
  const lead = (
    <Text size="sm" c="dimmed" maw={720}>
      {t("lead")}
    </Text>
  );
  return (
    <Page title={t("title")} tab={t("title")} lead={lead}>
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <TabRow open={tab} label={t("tabs.label")}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`shared:tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </TabRow>
        <Tabs.Panel value={tab} pt="md">
          <Grants key={tab} direction={tab} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Grants({ direction }: { direction: Direction }) {
  const { t } = useTranslation("shared");
  const query = useInfiniteQuery(ownGrantsQuery(direction));
  return (
    <Ready query={query}>
      {(data) => {
        const grants = data.pages.flatMap((page) => page.items);
        if (grants.length === 0) return <None direction={direction} />;
        return (
          <>
            <ul className={classes.list} aria-label={t(`shared:tabs.${direction}`)}>
              {grants.map((grant) => (
                <OwnGrantItem key={grant.id} grant={grant} />
              ))}
            </ul>
            <More label={t("more")} query={query} />
          </>
        );
      }}
    </Ready>
  );
}

/** Why there is nothing, and where to go from here. */
function None({ direction }: { direction: Direction }) {
  const { t } = useTranslation("shared");
  const me = useMe();
  const entities = useEntities();
  const shareable = entities.find(
    (entity) => mayAt(me, "share", entity.name) && mayAt(me, "read", entity.name),
  );
  const [to, label] =
    direction === "given" && shareable
      ? [listPath(shareable.plural), t("empty.list", { list: inWords(shareable.label_plural) })]
      : ["/", t("empty.home")];
  return (
    <Empty
      icon={<IconShare size={32} stroke={1.5} aria-hidden />}
      title={t(`shared:empty.${direction}`)}
      action={
        <Button component={Link} to={to} variant="default">
          {label}
        </Button>
      }
    >
      {t(`shared:empty.${direction}Text`)}
    </Empty>
  );
}

// What is found of rights by itself, and what can be done about it from there.
import { Stack, Tabs, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Finding, FindingPage } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { More } from "@/pages/record/tabs/More";
import type { Search } from "@/router";
import { Empty, Ready } from "@/ui/States";
import { TabRow } from "@/ui/TabRow";
import { Conflicts } from "./findings/Conflicts";
import { Found } from "./findings/Found";
import { AdminPage } from "./parts/AdminPage";
import { findingsQuery } from "./queries";

type Kind = Finding["kind"];

const KINDS: Kind[] = [
  "unused_role",
  "unused_grant",
  "needless_grant",
  "giver_left",
  "conflicting_roles",
  "orphaned_records",
];

/** Kinds that rest on what was used. */
const BY_USE: Kind[] = ["unused_role", "unused_grant"];

export default function Findings() {
  const { t } = useTranslation("admin");
  const me = useMe();
  const go = useNavigate();
  const asked = (useSearch({ strict: false }) as Search).tab;
  const kind = KINDS.find((one) => one === asked) ?? "unused_role";
  const open = (name: string | null) =>
    void go({ to: ".", search: { tab: name ?? undefined } as never, replace: true });
  return (
    <AdminPage title={t("card.findings.name")} tab={t("card.findings.name")} about={t("findings.about")}>
      <Tabs value={kind} onChange={open} keepMounted={false}>
        <TabRow open={kind} label={t("findings.label")}>
          {KINDS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`findings.kind.${name}`)}
            </Tabs.Tab>
          ))}
        </TabRow>
        <Tabs.Panel value={kind} pt="md">
          <Stack>
            <Text size="sm" c="dimmed" maw={720}>
              {t(`findings.text.${kind}`)}
            </Text>
            <All key={kind} kind={kind} />
            {kind === "conflicting_roles" && mayManage(me, "roles") && <Conflicts />}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </AdminPage>
  );
}

function All({ kind }: { kind: Kind }) {
  const { t } = useTranslation("admin");
  const query = useInfiniteQuery(findingsQuery(kind));
  return (
    <Ready query={query}>
      {(data) => {
        const found = data.pages.flatMap((page) => page.items);
        return (
          <>
            {BY_USE.includes(kind) && <Known page={data.pages[0]} />}
            {found.length > 0 ? <Found kind={kind} items={found} /> : <None more={query.hasNextPage} />}
            <More label={t("findings.more")} query={query} />
          </>
        );
      }}
    </Ready>
  );
}

function Known({ page }: { page: FindingPage | undefined }) {
  const { t } = useTranslation("admin");
  const until = page?.used_until;
  return (
    <Text size="sm" role="status">
      {until ? t("findings.usedUntil", { at: dateTime(until) }) : t("findings.notKnown")}
    </Text>
  );
}

/** A page without findings may have more after it. */
function None({ more }: { more: boolean }) {
  const { t } = useTranslation("admin");
  return <Empty title={more ? t("findings.noneYet") : t("findings.none")} />;
}

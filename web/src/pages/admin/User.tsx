import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayManage, useMe } from "@/lib/entities";
import { CoverPanel } from "@/pages/cover/CoverPanel";
import { Ready } from "@/ui/States";
import { TabRow } from "@/ui/TabRow";
import { AdminPage } from "./parts/AdminPage";
import { EventHistory } from "./parts/EventHistory";
import { useTab } from "./parts/useUrl";
import { userQuery } from "./queries";
import { Profile } from "./users/Profile";
import { Sessions } from "./users/Sessions";
import type { UserDraft } from "./users/UserFields";
import { ViewAs } from "./users/ViewAs";

const TABS = ["profile", "sessions", "cover", "view", "history"] as const;

export default function User() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <OneUser key={id} id={id} />;
}

function OneUser({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const me = useMe();
  // Here, so that it stays while a change of rights has the user asked for anew.
  const [touched, setTouched] = useState<Partial<UserDraft>>({});
  const user = useQuery(userQuery(id));
  const [tab, setTab] = useTab(TABS);
  const hidden = (name: string) =>
    (name === "sessions" && !mayManage(me, "sessions")) ||
    // Who is of a partner owns nothing that somebody could cover.
    (name === "cover" && user.data?.partner !== undefined) ||
    (name === "history" && !mayManage(me, "ledger") && id !== me.user.id);
  return (
    <AdminPage
      title={user.data?.name ?? t("user.one")}
      tab={t("user.one")}
      trail={[{ to: "/admin/users", label: t("card.users.name") }]}
    >
      <Ready query={user}>
        {(found) => (
          <Tabs value={tab} onChange={setTab} keepMounted={false}>
            <TabRow open={tab}>
              {TABS.filter((name) => !hidden(name)).map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`user.tab.${name}`)}
                </Tabs.Tab>
              ))}
            </TabRow>
            <Tabs.Panel value="profile" pt="md">
              <Profile user={found} touched={touched} onTouched={setTouched} />
            </Tabs.Panel>
            <Tabs.Panel value="sessions" pt="md">
              <Sessions user={found} />
            </Tabs.Panel>
            <Tabs.Panel value="cover" pt="md">
              <CoverPanel of={id} />
            </Tabs.Panel>
            <Tabs.Panel value="view" pt="md">
              <ViewAs id={id} />
            </Tabs.Panel>
            <Tabs.Panel value="history" pt="md">
              <EventHistory path={`/users/${id}/events`} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Ready>
    </AdminPage>
  );
}

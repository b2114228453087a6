import { Button, Group, Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { ServiceAccount as Account } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe, useTeamNames } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Page } from "@/ui/Page";
import { Ready } from "@/ui/States";
import { Trail } from "./parts/AdminPage";
import { EventHistory } from "./parts/EventHistory";
import { Facts, Panel } from "./parts/Panel";
import { useRoles } from "./parts/useRoles";
import { serviceAccountQuery } from "./queries";
import { AccountForm } from "./service/AccountForm";
import { ServiceState } from "./service/AccountTable";
import { HandOver } from "./service/HandOver";
import { ServiceTokens } from "./service/ServiceTokens";

/** One service account, for its owner and for administrators. */
export default function ServiceAccount() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t } = useTranslation("service");
  const me = useMe();
  const account = useQuery(serviceAccountQuery(id));
  const office = [
    { to: "/admin", label: t("admin:title") },
    { to: "/admin/service-accounts", label: t("all") },
  ];
  const own = [
    { to: "/account", label: t("account:title") },
    { to: "/account", search: { tab: "service" }, label: t("all") },
  ];
  return (
    <Page
      title={account.data?.name ?? t("one")}
      tab={t("one")}
      lead={<Trail steps={mayManage(me, "users") ? office : own} />}
    >
      <Ready query={account}>
        {(found) => {
          const mine = found.owner.id === me.user.id;
          return (
            <Stack>
              <Details account={found} own={mine} />
              {(mine || mayManage(me, "sessions")) && <ServiceTokens account={found} own={mine} />}
              {mayManage(me, "ledger") && (
                <Panel title={t("history")}>
                  <EventHistory path={`/users/${id}/events`} />
                </Panel>
              )}
            </Stack>
          );
        }}
      </Ready>
    </Page>
  );
}

function Details({ account, own }: { account: Account; own: boolean }) {
  const { t } = useTranslation("service");
  const team = useTeamNames();
  const roles = useRoles().filter((role) => account.roles.includes(role.id));
  return (
    <Panel title={t("details")} actions={<ServiceState account={account} />}>
      <Facts
        items={[
          [t("owner"), account.owner.name],
          [t("team"), team(account.team)],
          [t("roles"), roles.map((role) => inWords(role.label)).join(", ")],
          [t("ends"), dateTime(account.ends_at)],
        ]}
      />
      <Acts account={account} own={own} />
    </Panel>
  );
}

function Acts({ account, own }: { account: Account; own: boolean }) {
  const { t } = useTranslation("service");
  const me = useMe();
  const may = mayManage(me, "users", "manage");
  const client = useQueryClient();
  const go = useNavigate();
  const [open, setOpen] = useState<"edit" | "handOver" | null>(null);
  const shut = account.state === "suspended";
  const activate = async (active: boolean) => {
    const path = `/service-accounts/${account.id}`;
    try {
      await request("PATCH", path, { body: { active }, version: account.version });
      done(active ? t("activated") : t("suspended"));
    } finally {
      void client.invalidateQueries({ queryKey: ["service-accounts"] });
    }
  };
  const suspend = () =>
    confirmAct({
      title: t("suspendTitle", { name: account.name }),
      consequence: t("suspendText"),
      button: t("suspend"),
      run: () => activate(false),
    });
  if (!may && !own) return null;
  return (
    <Group>
      {may && (
        <Button variant="default" onClick={() => setOpen("edit")}>
          {t("edit")}
        </Button>
      )}
      <Button variant="default" onClick={() => setOpen("handOver")}>
        {t("handOver")}
      </Button>
      {may &&
        (shut ? (
          <Button variant="default" onClick={() => activate(true).catch(failed)}>
            {t("activate")}
          </Button>
        ) : (
          <Button variant="light" color="red" onClick={suspend}>
            {t("suspend")}
          </Button>
        ))}
      <AccountForm account={account} opened={open === "edit"} onClose={() => setOpen(null)} />
      <HandOver
        account={account}
        opened={open === "handOver"}
        onClose={() => setOpen(null)}
        onDone={(now) => {
          // Who may look at it no more goes where one's own are.
          if (now.owner.id !== me.user.id && !mayManage(me, "users"))
            void go({ href: "/account?tab=service" });
        }}
      />
    </Group>
  );
}

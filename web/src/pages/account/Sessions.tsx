import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Session } from "@/api/types";
import { done } from "@/lib/undo";
import { Panel } from "@/pages/admin/parts/Panel";
import { SessionTable, sessionName } from "@/pages/admin/parts/SessionTable";
import { confirmAct } from "@/ui/confirmAct";
import { Ready } from "@/ui/States";
import { sessionsQuery } from "./queries";

export function Sessions() {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const again = () => client.invalidateQueries({ queryKey: ["sessions"] });
  const end = (session: Session) =>
    confirmAct({
      title: t("admin:session.endTitle", { client: sessionName(session) }),
      consequence: t("admin:session.endText"),
      button: t("admin:session.endIt"),
      run: async () => {
        await request("DELETE", `/sessions/${session.id}`);
        await again();
        done(t("sessions.ended"));
      },
    });
  const endOthers = () =>
    confirmAct({
      title: t("sessions.othersTitle"),
      consequence: t("sessions.othersText"),
      button: t("sessions.others"),
      run: async () => {
        await request("DELETE", "/sessions");
        await again();
        done(t("sessions.othersEnded"));
      },
    });
  return (
    <Panel
      title={t("tab.sessions")}
      about={t("sessions.about")}
      actions={
        (sessions.data?.length ?? 0) > 1 && (
          <Button variant="light" color="red" onClick={endOthers}>
            {t("sessions.others")}
          </Button>
        )
      }
    >
      <Ready query={sessions}>
        {(all) => <SessionTable sessions={all.filter((s) => s.kind === "session")} onEnd={end} />}
      </Ready>
    </Panel>
  );
}

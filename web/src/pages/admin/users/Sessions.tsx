import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Session, User } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { Empty, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { SessionTable, sessionName } from "../parts/SessionTable";
import { userSessionsQuery } from "../queries";

export function Sessions({ user }: { user: User }) {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  const may = mayManage(useMe(), "sessions", "manage");
  const sessions = useQuery(userSessionsQuery(user.id));
  const end = () =>
    confirmAct({
      title: t("session.endAllTitle", { name: user.name }),
      consequence: t("session.endAllText"),
      button: t("session.endAll"),
      run: async () => {
        await request("DELETE", `/users/${user.id}/sessions`);
        await client.invalidateQueries({ queryKey: ["users", user.id, "sessions"] });
        done(t("session.allEnded"));
      },
    });
  const endOne = (session: Session) => {
    const token = session.kind === "token";
    const program = sessionName(session);
    confirmAct({
      title: token
        ? t("session.revokeTitle", { client: program })
        : t("session.endTitle", { client: program }),
      consequence: token ? t("session.revokeText") : t("session.endText"),
      button: token ? t("session.revoke") : t("session.endIt"),
      run: async () => {
        await request("DELETE", `/users/${user.id}/sessions/${session.id}`);
        await client.invalidateQueries({ queryKey: ["users", user.id, "sessions"] });
        done(token ? t("session.revoked") : t("session.ended"));
      },
    });
  };
  return (
    <Panel
      title={t("session.list")}
      actions={
        may &&
        sessions.data &&
        sessions.data.length > 0 && (
          <Button variant="light" color="red" onClick={end}>
            {t("session.endAll")}
          </Button>
        )
      }
    >
      <Ready query={sessions}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t("session.none")} />
          ) : (
            <SessionTable sessions={items} onEnd={may ? endOne : undefined} />
          )
        }
      </Ready>
    </Panel>
  );
}

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { ServiceAccount, Session } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { NewToken } from "@/pages/account/NewToken";
import { TokenTable } from "@/pages/account/Tokens";
import { confirmAct } from "@/ui/confirmAct";
import { Empty, Ready } from "@/ui/States";
import { Panel } from "../parts/Panel";
import { serviceTokensQuery } from "../queries";

/** Tokens of a service account: made by its owner, revoked by administrators too. */
export function ServiceTokens({ account, own }: { account: ServiceAccount; own: boolean }) {
  const { t } = useTranslation("service");
  const client = useQueryClient();
  const ends = mayManage(useMe(), "sessions", "manage") || own;
  const tokens = useQuery(serviceTokensQuery(account.id));
  const [adding, setAdding] = useState(false);
  const path = `/service-accounts/${account.id}/tokens`;
  const again = () => client.invalidateQueries({ queryKey: ["service-accounts"] });
  const revoke = (token: Session) =>
    confirmAct({
      title: t("admin:session.revokeTitle", { client: token.label }),
      consequence: t("admin:session.revokeText"),
      button: t("admin:session.revoke"),
      run: async () => {
        await request("DELETE", `${path}/${token.id}`);
        await again();
        done(t("admin:session.revoked"));
      },
    });
  return (
    <Panel
      title={t("tokens")}
      about={t("tokensAbout")}
      actions={
        own &&
        account.state === "active" && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("account:tokens.add")}
          </Button>
        )
      }
    >
      <Ready query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t("noTokens")}>{t("noTokensText")}</Empty>
          ) : (
            <TokenTable tokens={all} onRevoke={ends ? revoke : undefined} />
          )
        }
      </Ready>
      <NewToken
        opened={adding}
        onClose={() => setAdding(false)}
        path={path}
        until={account.ends_at}
        onMade={() => void again()}
        anyScope
      />
    </Panel>
  );
}

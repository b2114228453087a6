import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Session, TokenScope } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, useEntities } from "@/lib/entities";
import { dateOf, relative } from "@/lib/format";
import { joinNetworks } from "@/lib/networks";
import { withPlace } from "@/lib/place";
import { done } from "@/lib/undo";
import { Panel } from "@/pages/admin/parts/Panel";
import { type Column, Rows } from "@/pages/admin/parts/Rows";
import { confirmAct } from "@/ui/confirmAct";
import { Empty, Ready } from "@/ui/States";
import { NewToken } from "./NewToken";
import { sessionsQuery } from "./queries";

export function Tokens() {
  const { t } = useTranslation("account");
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const [adding, setAdding] = useState(false);
  const revoke = (token: Session) =>
    confirmAct({
      title: t("admin:session.revokeTitle", { client: token.label }),
      consequence: t("admin:session.revokeText"),
      button: t("admin:session.revoke"),
      run: async () => {
        await request("DELETE", `/sessions/${token.id}`);
        await client.invalidateQueries({ queryKey: ["sessions"] });
        done(t("admin:session.revoked"));
      },
    });
  return (
    <Panel
      title={t("tab.tokens")}
      about={t("tokens.about")}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {t("tokens.add")}
        </Button>
      }
    >
      <Ready query={sessions}>
        {(all) => {
          const tokens = all.filter((s) => s.kind === "token");
          return tokens.length === 0 ? (
            <Empty title={t("tokens.none")}>{t("tokens.noneText")}</Empty>
          ) : (
            <TokenTable tokens={tokens} onRevoke={revoke} />
          );
        }}
      </Ready>
      <NewToken opened={adding} onClose={() => setAdding(false)} />
    </Panel>
  );
}

interface TableProps {
  tokens: Session[];
  /** Revokes one; without it they are only shown. */
  onRevoke?: (token: Session) => void;
}

/** Tokens with what they may, and their last use. */
export function TokenTable({ tokens, onRevoke }: TableProps) {
  const { t } = useTranslation("account");
  const used = (s: Session) => {
    if (!s.seen_from) return s.seen_at === s.created_at ? t("tokens.unused") : relative(s.seen_at);
    return t("tokens.usedFrom", { when: relative(s.seen_at), network: withPlace(s.seen_from, s.seen_place) });
  };
  const columns: Column<Session>[] = [
    { key: "label", label: t("tokens.label"), sort: (s) => s.label, cell: (s) => s.label },
    { key: "scope", label: t("tokens.scope"), cell: (s) => <Scope scope={s.scope} /> },
    {
      key: "networks",
      label: t("tokens.networks"),
      cell: (s) => joinNetworks(s.networks) || t("tokens.anywhere"),
    },
    { key: "made", label: t("tokens.made"), sort: (s) => s.created_at, cell: (s) => dateOf(s.created_at) },
    {
      key: "used",
      label: t("tokens.used"),
      sort: (s) => s.seen_at,
      cell: used,
    },
    {
      key: "ends",
      label: t("tokens.ends"),
      sort: (s) => s.ends_at,
      cell: (s) => `${dateOf(s.ends_at)} (${relative(s.ends_at)})`,
    },
  ];
  if (onRevoke)
    columns.push({
      key: "revoke",
      label: t("admin:session.acts"),
      quiet: true,
      end: true,
      cell: (s) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("admin:session.revokeOf", { client: s.label })}
          onClick={() => onRevoke(s)}
        >
          {t("admin:session.revoke")}
        </Button>
      ),
    });
  return <Rows label={t("tab.tokens")} columns={columns} rows={tokens} keyOf={(s) => s.id} />;
}

/** What a token may do, in few words. */
function Scope({ scope }: { scope?: TokenScope }) {
  const { t } = useTranslation("account");
  const entities = useEntities();
  const records = Object.entries(scope?.entities ?? {}).map(([name, actions]) => {
    const label = inWords(findEntity(entities, name)?.label_plural) || name;
    return `${label}: ${actions.map((action) => t(`admin:action.${action}`).toLocaleLowerCase()).join(", ")}`;
  });
  const things = Object.entries(scope?.things ?? {}).map(
    ([thing, verb]) => `${t(`admin:thing.${thing}`)}: ${t(`admin:verb.${verb}`)}`,
  );
  return [...records, ...things].map((line) => <div key={line}>{line}</div>);
}

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { dateOf } from "@/lib/format";
import { Panel } from "@/pages/admin/parts/Panel";
import { ProviderLabel } from "@/pages/admin/parts/ProviderLabel";
import { Rows } from "@/pages/admin/parts/Rows";
import { useProviderLabels } from "@/ui/providerLabels";
import { accountsQuery } from "./queries";

/** By which accounts at providers the user can sign in. */
export function Accounts() {
  const { t } = useTranslation("account");
  const me = useMe();
  const accounts = useQuery(accountsQuery).data ?? [];
  const labels = useProviderLabels([...new Set(accounts.map((a) => a.provider))]);
  if (accounts.length === 0) return null;
  return (
    <Panel
      title={t("accounts.title")}
      about={me.has_password ? t("accounts.about") : t("accounts.alone", { at: labels })}
    >
      <Rows
        label={t("accounts.title")}
        rows={accounts}
        keyOf={(a) => a.id}
        columns={[
          {
            key: "provider",
            label: t("accounts.provider"),
            sort: (a) => a.provider,
            cell: (a) => <ProviderLabel name={a.provider} />,
          },
          { key: "subject", label: t("accounts.subject"), sort: (a) => a.subject, cell: (a) => a.subject },
          { key: "made", label: t("accounts.made"), sort: (a) => a.made_at, cell: (a) => dateOf(a.made_at) },
        ]}
      />
    </Panel>
  );
}

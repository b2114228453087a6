import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Panel } from "@/pages/admin/parts/Panel";
import { ownServiceAccountsQuery } from "@/pages/admin/queries";
import { AccountTable } from "@/pages/admin/service/AccountTable";
import { Empty, Ready } from "@/ui/States";

/** Programs that the user answers for. */
export function ServiceAccounts() {
  const { t } = useTranslation("service");
  const accounts = useQuery(ownServiceAccountsQuery);
  return (
    <Panel title={t("all")} about={t("ownAbout")}>
      <Ready query={accounts}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t("ownNone")}>{t("ownNoneText")}</Empty>
          ) : (
            <AccountTable accounts={all} />
          )
        }
      </Ready>
    </Panel>
  );
}

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { mayManage, useMe } from "@/lib/entities";
import { Empty, Ready } from "@/ui/States";
import { AdminPage } from "./parts/AdminPage";
import { serviceAccountsQuery } from "./queries";
import { AccountForm } from "./service/AccountForm";
import { AccountTable } from "./service/AccountTable";

export default function ServiceAccounts() {
  const { t } = useTranslation("service");
  const may = mayManage(useMe(), "users", "manage");
  const accounts = useQuery(serviceAccountsQuery);
  const [adding, setAdding] = useState(false);
  return (
    <AdminPage
      title={t("all")}
      tab={t("all")}
      about={t("about")}
      actions={
        may && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("add")}
          </Button>
        )
      }
    >
      <Ready query={accounts}>
        {(all) =>
          all.length === 0 ? (
            <Empty title={t("none")}>{t("noneText")}</Empty>
          ) : (
            <AccountTable accounts={all} />
          )
        }
      </Ready>
      <AccountForm opened={adding} onClose={() => setAdding(false)} />
    </AdminPage>
  );
}

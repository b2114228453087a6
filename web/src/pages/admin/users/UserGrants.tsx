// What was granted to a user, beside what roles give: each can be ended at once.
import { IconShare } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { More } from "@/pages/record/tabs/More";
import items from "@/pages/shared/GrantItem.module.css";
import { Empty, Ready } from "@/ui/States";
import { GrantRow } from "../parts/GrantRow";
import { Panel } from "../parts/Panel";
import { userGrantsQuery } from "../queries";

export function UserGrants({ id }: { id: string }) {
  const { t } = useTranslation("admin");
  const query = useInfiniteQuery(userGrantsQuery(id));
  return (
    <Panel title={t("view.grants")} about={t("view.grantsAbout")}>
      <Ready query={query} rows={3}>
        {({ pages }) => {
          const grants = pages.flatMap((page) => page.items);
          if (grants.length === 0)
            return (
              <Empty icon={<IconShare size={32} stroke={1.5} aria-hidden />} title={t("view.noGrants")}>
                {t("view.noGrantsText")}
              </Empty>
            );
          return (
            <>
              <ul className={items.list} aria-label={t("view.grants")}>
                {grants.map((grant) => (
                  <GrantRow key={grant.id} grant={grant} />
                ))}
              </ul>
              <More label={t("shared:more")} query={query} />
            </>
          );
        }}
      </Ready>
    </Panel>
  );
}

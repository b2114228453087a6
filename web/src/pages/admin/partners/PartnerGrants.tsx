// What is shared with a partner now: which record, with whom, until when; each can be ended at once.
import { IconShare } from "@tabler/icons-react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Partner } from "@/api/types";
import { More } from "@/pages/record/tabs/More";
import items from "@/pages/shared/GrantItem.module.css";
import { Empty, Ready } from "@/ui/States";
import { GrantRow } from "../parts/GrantRow";
import { Panel } from "../parts/Panel";
import { partnerGrantsQuery } from "./queries";

export function PartnerGrants({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const client = useQueryClient();
  const query = useInfiniteQuery(partnerGrantsQuery(partner.id));
  const again = () => client.invalidateQueries({ queryKey: ["partners", partner.id, "grants"] });
  return (
    <Panel title={t("grants")} about={t("grantsAbout")}>
      <Ready query={query} rows={3}>
        {({ pages }) => {
          const grants = pages.flatMap((page) => page.items);
          if (grants.length === 0)
            return (
              <Empty icon={<IconShare size={32} stroke={1.5} aria-hidden />} title={t("noGrants")}>
                {t("noGrantsText")}
              </Empty>
            );
          return (
            <>
              <ul className={items.list} aria-label={t("grants")}>
                {grants.map((grant) => (
                  <GrantRow key={grant.id} grant={grant} to={t("allOfPartner")} onEnd={again} />
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

import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Grant, GrantRenewal } from "@/api/types";
import { useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { granteeOf } from "../record/share";

/** What a change of grants is seen in. */
const SEEN_IN = ["grants", "shared", "covers", "access", "events", "findings"];

/** Asks again for what shows grants, on whatever page. */
export function useSettleGrants(): () => void {
  const client = useQueryClient();
  return () => {
    for (const kind of SEEN_IN) void client.invalidateQueries({ queryKey: [kind] });
  };
}

/** Ends a grant, given or received, and gives it for longer. */
export function useGrantActs() {
  const { t } = useTranslation("shared");
  const me = useMe();
  const settled = useSettleGrants();
  const endedWords = (grant: Grant): string => {
    if (grant.user?.id === me.user.id) return t("returned");
    const name = granteeOf(grant);
    return grant.state === "ended" ? t("removed", { name }) : t("ended", { name });
  };
  const stop = async (id: string, words: string) => {
    try {
      await request<void>("DELETE", `/grants/${id}`);
      done(words);
    } catch (error) {
      failed(error);
    }
    settled();
  };
  return {
    end: (grant: Grant) => stop(grant.id, endedWords(grant)),
    /** The same of one that is known by its id alone, for somebody of this name. */
    endFor: (id: string, name: string) => stop(id, t("ended", { name })),
    /** Throws what the server refuses: who asks shows it at its field. */
    renew: async (grant: Grant, body: GrantRenewal) => {
      const renewed = await request<Grant>("POST", `/grants/${grant.id}/renewal`, {
        body,
        version: grant.version,
      });
      settled();
      const at = renewed.until ? dateTime(renewed.until) : "";
      done(t("renewed", { name: granteeOf(renewed), at }));
    },
  };
}

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, request } from "@/api/client";
import type { Grant, GrantCreate, Id, Items } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { done, failed } from "@/lib/undo";
import { useHere } from "./here";
import { granteeOf } from "./share";

export const grantsQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: ["grants", plural, id],
    queryFn: ({ signal }) =>
      get<Items<Grant>>(`/${plural}/${id}/grants`, undefined, signal).then((answer) => answer.items),
  });

/** Whether the record can be shared, and whether it is told with whom it is: a refusal would stand in the ledger. */
export function useSharing(): { mayShare: boolean; mayLook: boolean } {
  const { record, may } = useHere();
  const me = useMe();
  const shares = may("share");
  return { mayShare: shares && !record.deleted_at, mayLook: shares || mayManage(me, "users") };
}

/** Shares the record, and ends that. */
export function useGrants() {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const { entity, record } = useHere();
  const settled = () => {
    for (const kind of ["grants", "access", "events"])
      void client.invalidateQueries({ queryKey: [kind, entity.plural, record.id] });
  };
  const end = async (id: Id) => {
    await request<void>("DELETE", `/grants/${id}`);
    settled();
  };
  return {
    give: async (body: GrantCreate) => {
      const made = await request<Grant>("POST", `/${entity.plural}/${record.id}/grants`, { body });
      settled();
      done(t("share.done", { name: granteeOf(made) }), () => end(made.id));
    },
    end: async (grant: Grant) => {
      try {
        await end(grant.id);
        const name = granteeOf(grant);
        done(grant.state === "ended" ? t("share.removed", { name }) : t("share.ended", { name }));
      } catch (error) {
        failed(error);
        settled();
      }
    },
  };
}

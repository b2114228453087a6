import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, request } from "@/api/client";
import type { Grant, GrantableRoles, GrantCreate, Id, Items } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { useSettleGrants } from "@/pages/shared/useGrantActs";
import { useHere } from "./here";
import { type Draft, granteeOf, inRoleOrder } from "./share";

export const grantsQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: ["grants", plural, id],
    queryFn: ({ signal }) =>
      get<Items<Grant>>(`/${plural}/${id}/grants`, undefined, signal).then((answer) => answer.items),
  });

const WAIT_MS = 400;

/** What the user may give of a record, for what is chosen in the dialog; what was said before stays meanwhile. */
export function useGrantable(
  { plural, id }: { plural: string; id: Id },
  { related, fields }: Pick<Draft, "related" | "fields">,
) {
  // Each question stands in the ledger: fields chosen one after the other are asked about together.
  const chosen = fields.join();
  const [asked] = useDebouncedValue(chosen, WAIT_MS);
  const query = useQuery({
    queryKey: ["grantable", plural, id, related, asked],
    queryFn: ({ signal }) =>
      get<GrantableRoles>(
        `/${plural}/${id}/grantable-roles`,
        { with_related: related || undefined, fields: asked || undefined },
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return {
    roles: query.data && inRoleOrder(query.data.items),
    fields: query.isPlaceholderData || asked !== chosen ? null : (query.data?.fields ?? null),
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** Whether the record can be shared, and whether it is told with whom it is: a refusal would stand in the ledger. */
export function useSharing(): { mayShare: boolean; mayLook: boolean } {
  const { record, may } = useHere();
  const me = useMe();
  const shares = may("share");
  return { mayShare: shares && !record.deleted_at, mayLook: shares || mayManage(me, "users") };
}

/** Shares the record; taking that back ends it. */
export function useGive(): (body: GrantCreate) => Promise<void> {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const settled = useSettleGrants();
  return async (body) => {
    const made = await request<Grant>("POST", `/${entity.plural}/${record.id}/grants`, { body });
    settled();
    done(t("share.done", { name: granteeOf(made) }), async () => {
      await request<void>("DELETE", `/grants/${made.id}`);
      settled();
    });
  };
}

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, problemOf, request } from "@/api/client";
import type { Grant, GrantableRoles, GrantCreate, Id, Items } from "@/api/types";
import { mayManage, useMe } from "@/lib/entities";
import { done } from "@/lib/undo";
import { useSettleGrants } from "@/pages/shared/useGrantActs";
import { bulkAct } from "@/ui/BulkBarJobs";
import { unlessSecond } from "@/ui/secondPerson";
import { useHere } from "./here";
import { type Draft, granteeOf, inRoleOrder } from "./share";

export const grantsQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: ["grants", plural, id],
    queryFn: ({ signal }) =>
      get<Items<Grant>>(`/${plural}/${id}/grants`, undefined, signal).then((answer) => answer.items),
  });

const WAIT_MS = 400;

/** Records that are asked about, where the first of many may not be the user's to share. */
const TRIED = 5;

async function firstGrantable(
  [id, ...others]: Id[],
  plural: string,
  query: { with_related?: boolean; fields?: string },
  signal: AbortSignal,
): Promise<GrantableRoles> {
  try {
    return await get<GrantableRoles>(`/${plural}/${id}/grantable-roles`, query, signal);
  } catch (error) {
    const another = others.length > 0 && [403, 404].includes(problemOf(error)?.status ?? 0);
    if (!another) throw error;
    return firstGrantable(others, plural, query, signal);
  }
}

/**
 * What the user may give of a record, for what is chosen in the dialog; what was said before stays meanwhile. Of many
 * records the first that may be shared tells: whether each of them may is decided one by one.
 */
export function useGrantable(
  { plural, ids }: { plural: string; ids: Id[] },
  { related, fields }: Pick<Draft, "related" | "fields">,
) {
  // Each question stands in the ledger: fields chosen one after the other are asked about together.
  const chosen = fields.join();
  const [asked] = useDebouncedValue(chosen, WAIT_MS);
  const query = useQuery({
    queryKey: ["grantable", plural, ...ids.slice(0, TRIED), related, asked],
    queryFn: ({ signal }) =>
      firstGrantable(
        ids.slice(0, TRIED),
        plural,
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

/**
 * Shares the record; taking that back ends it. Answers whether it is shared: where a second person has to approve, the
 * user can ask for it, and `asked` is called then.
 */
export function useGive(): (body: GrantCreate, asked: () => void) => Promise<boolean> {
  const { t } = useTranslation("record");
  const { entity, record } = useHere();
  const client = useQueryClient();
  const settled = useSettleGrants();
  return async (body, asked) => {
    const act = bulkAct(entity, { ids: [record.id] }, { share: body });
    const made = await unlessSecond(
      client,
      act,
      t("share.confirm"),
      () => request<Grant>("POST", `/${entity.plural}/${record.id}/grants`, { body }),
      asked,
    );
    settled();
    if (!made) return false;
    done(t("share.done", { name: granteeOf(made) }), async () => {
      await request<void>("DELETE", `/grants/${made.id}`);
      settled();
    });
    return true;
  };
}

import { infiniteQueryOptions, queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { GrantPage, Partner, PartnerUpdate } from "@/api/types";

/** A partner with its agreements and users. */
export const partnerQuery = (id: string) =>
  queryOptions({ queryKey: ["partners", id], queryFn: () => get<Partner>(`/partners/${id}`) });

/** What is shared with it, or with one of its users, and has not ended. */
export const partnerGrantsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["partners", id, "grants"],
    queryFn: ({ pageParam, signal }) =>
      get<GrantPage>(`/partners/${id}/grants`, { limit: 100, cursor: pageParam || undefined }, signal),
    initialPageParam: "",
    getNextPageParam: (last: GrantPage) => last.next_cursor,
  });

/** Changes a partner as it was read. */
export function usePatchPartner(partner: Partner): (body: PartnerUpdate) => Promise<Partner> {
  const client = useQueryClient();
  return async (body) => {
    try {
      return await request<Partner>("PATCH", `/partners/${partner.id}`, { body, version: partner.version });
    } finally {
      void client.invalidateQueries({ queryKey: ["partners"] });
      void client.invalidateQueries({ queryKey: ["users"] });
    }
  };
}

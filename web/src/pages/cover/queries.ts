import { queryOptions } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { Cover, CoverCreate, Id, Items } from "@/api/types";
import { useSettleGrants } from "@/pages/shared/useGrantActs";

/** Covers that concern the user, or all over the records of somebody. */
export const coversQuery = (of?: Id) =>
  queryOptions({
    queryKey: ["covers", of ?? "own"],
    queryFn: ({ signal }) =>
      get<Items<Cover>>("/covers", of ? { of } : undefined, signal).then((answer) => answer.items),
  });

/** Sets cover up, and ends it. */
export function useCovers() {
  const settled = useSettleGrants();
  return {
    give: (body: CoverCreate) => request<Cover>("POST", "/covers", { body }).finally(settled),
    end: (id: Id) => request<void>("DELETE", `/grants/${id}`).finally(settled),
  };
}

import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { Cover, CoverCreate, Id, Items } from "@/api/types";

/** Covers that concern the user, or all over the records of somebody. */
export const coversQuery = (of?: Id) =>
  queryOptions({
    queryKey: ["covers", of ?? "own"],
    queryFn: ({ signal }) =>
      get<Items<Cover>>("/covers", of ? { of } : undefined, signal).then((answer) => answer.items),
  });

/** Sets cover up, and ends it. */
export function useCovers() {
  const client = useQueryClient();
  const settled = () => void client.invalidateQueries({ queryKey: ["covers"] });
  return {
    give: (body: CoverCreate) => request<Cover>("POST", "/covers", { body }).finally(settled),
    end: (id: Id) => request<void>("DELETE", `/grants/${id}`).finally(settled),
  };
}

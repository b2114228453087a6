import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { get, request } from "@/api/client";
import type { Cover, CoverCreate, Id, Items } from "@/api/types";
import { useSettleGrants } from "@/pages/shared/useGrantActs";
import { unlessSecond } from "@/ui/secondPerson";

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
  const settled = useSettleGrants();
  return {
    /** Nothing, where a second person has to approve: the user can ask for it, and `asked` is called then. */
    give: (body: CoverCreate, button: string, asked: () => void) => {
      const send = () => request<Cover>("POST", "/covers", { body });
      return unlessSecond(client, { cover: body }, button, send, asked).finally(settled);
    },
    end: (id: Id) => request<void>("DELETE", `/grants/${id}`).finally(settled),
  };
}

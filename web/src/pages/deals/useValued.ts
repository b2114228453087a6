import { useQuery } from "@tanstack/react-query";
import { listQuery } from "@/api/queries";
import { useEntity } from "@/lib/entities";

/** Whether values of deals are shown to the user at all, once that is known: without them there are no sums. */
export function useValued(): boolean | undefined {
  const entity = useEntity("deal");
  const { data } = useQuery({ ...listQuery(entity.plural, { limit: 1 }), staleTime: 5 * 60_000 });
  return data && ![...data.access.hidden, ...data.access.masked].includes("value");
}

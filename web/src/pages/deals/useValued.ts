import { useQuery } from "@tanstack/react-query";
import { listQuery } from "@/api/queries";
import { onlyFields, useEntity, useMe } from "@/lib/entities";
import { isValued } from "./deal";

/** Whether values of deals are shown to the user at all. */
export function useValued() {
  const entity = useEntity("deal");
  return useQuery({
    ...listQuery(entity.plural, { limit: 1, fields: onlyFields(useMe(), entity, [entity.title]) }),
    select: ({ access }) => isValued(access),
    staleTime: 5 * 60_000,
  });
}

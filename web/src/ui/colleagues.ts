import { useQuery } from "@tanstack/react-query";
import { colleaguesQuery } from "@/api/queries";
import { compare } from "@/lib/format";

/** Who can own records or do tasks, as options of a select. */
export function useActiveColleagues(): { value: string; label: string }[] {
  const { data = [] } = useQuery(colleaguesQuery);
  return data
    .filter((c) => c.active)
    .map((c) => ({ value: c.id, label: c.name }))
    .sort((a, b) => compare(a.label, b.label));
}

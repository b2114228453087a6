// What people read of providers that are known by name.
import { useQuery } from "@tanstack/react-query";
import { providersQuery } from "@/api/queries";

/** The labels of these providers, in one line. */
export function useProviderLabels(names: string[]): string {
  const all = useQuery(providersQuery).data?.providers ?? [];
  return names.map((name) => all.find((p) => p.name === name)?.label ?? name).join(", ");
}

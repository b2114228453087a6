import { useProviderLabels } from "@/ui/providerLabels";

/** What people call a provider that is known by name. */
export function ProviderLabel({ name }: { name: string }) {
  return useProviderLabels([name]);
}

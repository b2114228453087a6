import { useQuery } from "@tanstack/react-query";
import { rolesQuery } from "@/api/queries";
import type { Role } from "@/api/types";
import { inWords } from "@/i18n";
import { mayManage, useMe } from "@/lib/entities";

/** All roles; none for whoever may not look at them, who is not refused for that on every page. */
export function useRoles(): Role[] {
  const may = mayManage(useMe(), "roles");
  return useQuery({ ...rolesQuery, enabled: may }).data ?? [];
}

/** Roles to choose from, in the language in use. */
export const roleOptions = (roles: Role[]): { value: string; label: string }[] =>
  roles.map((role) => ({ value: role.id, label: inWords(role.label) }));

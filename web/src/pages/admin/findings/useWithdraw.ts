import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, request } from "@/api/client";
import type { Finding } from "@/api/types";
import { done } from "@/lib/undo";
import { confirmAct } from "@/ui/confirmAct";
import { unlessSecond } from "@/ui/secondPerson";

interface Holder {
  roles: string[];
  version: number;
}

/** What changes with a role that is taken away. */
const SEEN_IN = ["findings", "users", "service-accounts", "colleagues"];

/** Takes a role away by the route that changes users, after asking; of the version that there is at that moment. */
export function useWithdraw(): (row: Finding, role: Finding["roles"][number]) => void {
  const { t } = useTranslation("admin");
  const client = useQueryClient();
  return ({ user, service }, { id, label }) => {
    if (!user) return;
    const path = `${service ? "/service-accounts" : "/users"}/${user.id}`;
    const words = { role: label, name: user.name };
    confirmAct({
      title: t("findings.withdrawTitle", words),
      consequence: t("findings.withdrawText", words),
      button: t("findings.withdraw"),
      run: async () => {
        const { roles, version } = await get<Holder>(path);
        const body = { roles: roles.filter((role) => role !== id) };
        const act = { user_roles: { user: user.id, version, roles: body.roles } };
        await unlessSecond(client, act, t("findings.withdraw"), async () => {
          try {
            await request<unknown>("PATCH", path, { body, version });
            done(t("findings.withdrawn", words));
          } finally {
            for (const kind of SEEN_IN) void client.invalidateQueries({ queryKey: [kind] });
          }
        });
      },
    });
  };
}

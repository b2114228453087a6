// Whose deals or activities: mine, a team's, or all that may be seen. Kept in the address as codes and ids.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, teamsQuery } from "@/api/queries";
import type { Me } from "@/api/types";
import { mayAt } from "@/lib/entities";
import { compare } from "@/lib/format";

/** `person` is the field that makes a record somebody's own. */
export function whoseFilter(who: string, me: Me, person = "owner"): string[] {
  if (who === "all") return [];
  if (who === "mine") return [`${person}:in:${me.user.id}`];
  return [`team:in:${who}`];
}

/** Who makes records starts with the own ones, others with all. */
export const whoseAtFirst = (me: Me, entity: string): string =>
  mayAt(me, "create", entity) ? "mine" : "all";

/** The choices that can differ from one another, given how far the user sees. */
export function useWhose(me: Me, entity: string): { value: string; label: string }[] {
  const { t } = useTranslation("deals");
  const { data: colleagues = [] } = useQuery(colleaguesQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const scope = me.entities[entity]?.read;
  const mine = mayAt(me, "create", entity) ? [{ value: "mine", label: t("whose.mine") }] : [];
  if (scope === "own") return mine;
  const all = { value: "all", label: t("whose.all") };
  if (scope === "team") return [...mine, { value: me.user.team, label: t("whose.team") }, all];
  const peopled = new Set(colleagues.map((c) => c.team));
  const others = teams
    .filter((team) => peopled.has(team.id))
    .map((team) => ({ value: team.id, label: team.name }))
    .sort((a, b) => compare(a.label, b.label));
  return [...mine, all, ...others];
}

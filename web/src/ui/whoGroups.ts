import type { AccessReason, WhoCanSee } from "@/api/types";

export type Seer = WhoCanSee["items"][number];

/** The reason that a person reads the record by, told once for all who have the same. */
const readReason = (person: Seer): AccessReason | undefined =>
  person.reasons.find((reason) => reason.action === "read") ?? person.reasons[0];

/** People by that reason, in the order of the server. */
export function byReason(people: Seer[]): { key: string; label: string; people: Seer[] }[] {
  const groups = new Map<string, { key: string; label: string; people: Seer[] }>();
  for (const person of people) {
    const reason = readReason(person);
    const key = reason ? [reason.role.id, reason.scope, reason.via, reason.parent?.id].join(" ") : "";
    const group = groups.get(key) ?? { key, label: reason?.label ?? "", people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()];
}

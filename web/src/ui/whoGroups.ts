import type { AccessReason, WhoCanSee } from "@/api/types";

export type Seer = WhoCanSee["items"][number];

export interface SeerGroup {
  key: string;
  /** The reason as the server says it. */
  label: string;
  /** Whether the record was shared with them: until when is for each to be told. */
  shared: boolean;
  people: Seer[];
}

/** The reason that a person reads the record by, told once for all who have the same. */
const readReason = (person: Seer): AccessReason | undefined =>
  person.reasons.find((reason) => reason.action === "read") ?? person.reasons[0];

const keyOf = (reason: AccessReason): string =>
  reason.rule === "grant" ? "grant" : [reason.role.id, reason.scope, reason.via, reason.parent?.id].join(" ");

/** People by that reason, in the order of the server; with whom the record was shared, at the end. */
export function byReason(people: Seer[]): SeerGroup[] {
  const groups = new Map<string, SeerGroup>();
  for (const person of people) {
    const reason = readReason(person);
    const key = reason ? keyOf(reason) : "";
    const shared = reason?.rule === "grant";
    const group = groups.get(key) ?? { key, label: reason?.label ?? "", shared, people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.shared) - Number(b.shared));
}

/** The grants that somebody reads the record by. */
export const grantsOf = (person: Seer): AccessReason[] =>
  person.reasons.filter((reason) => reason.rule === "grant");

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { colleaguesQuery, ownersQuery } from "@/api/queries";
import type { Colleague, Id } from "@/api/types";
import { useTeamNames } from "@/lib/entities";
import { compare } from "@/lib/format";

/** Somebody who can be chosen, as an option of a select. */
export interface Person {
  value: Id;
  name: string;
  /** The name; of several who are called the same, with what tells them apart. */
  label: string;
  /** What stands under the name: the log-in name, where that is told, and the team. */
  hint: string;
}

type TeamName = (id: Id) => string;
type Known = Pick<Colleague, "id" | "name" | "team" | "login">;

const NOBODY: Known[] = [];

/** People as options, in the order of their names. */
export function describe(people: Known[], team: TeamName): Person[] {
  const called = new Map<string, number>();
  for (const { name } of people) called.set(name, (called.get(name) ?? 0) + 1);
  return people
    .map((one) => {
      const mark = one.login ?? team(one.team);
      const twice = (called.get(one.name) ?? 0) > 1 && mark !== "";
      return {
        value: one.id,
        name: one.name,
        label: twice ? `${one.name} (${mark})` : one.name,
        hint: [one.login, team(one.team)].filter(Boolean).join(" · "),
      };
    })
    .sort((a, b) => compare(a.label, b.label));
}

export function usePeople(people: Known[] | undefined): Person[] {
  const team = useTeamNames();
  return useMemo(() => describe(people ?? NOBODY, team), [people, team]);
}

const active = (colleagues: Colleague[]): Colleague[] => colleagues.filter((one) => one.active);
const persons = (colleagues: Colleague[]): Colleague[] => active(colleagues).filter((one) => !one.service);

/** Who can do tasks or answer for something: no service account. */
export const useActivePeople = (): Person[] =>
  usePeople(useQuery({ ...colleaguesQuery, select: persons }).data);

/** Who may own records: service accounts too, which keep what they made. For looking, not for giving. */
export const useActiveColleagues = (): Person[] =>
  usePeople(useQuery({ ...colleaguesQuery, select: active }).data);

/** Whom the user could give records of any of these entities, as the server says; unknown until it has said so. */
export function useOwners(entities: string[]): { people: Person[]; known: boolean } {
  const { data, isPlaceholderData } = useQuery({
    ...ownersQuery(entities),
    placeholderData: keepPreviousData,
  });
  return { people: usePeople(data), known: data !== undefined && !isPlaceholderData };
}

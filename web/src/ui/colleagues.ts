import { useQuery } from "@tanstack/react-query";
import { colleaguesQuery } from "@/api/queries";
import type { Colleague } from "@/api/types";
import { compare } from "@/lib/format";

interface Option {
  value: string;
  label: string;
}

const NONE: Option[] = [];

const options = (colleagues: Colleague[]): Option[] =>
  colleagues
    .filter((c) => c.active)
    .map((c) => ({ value: c.id, label: c.name }))
    .sort((a, b) => compare(a.label, b.label));

const people = (colleagues: Colleague[]): Option[] => options(colleagues.filter((c) => !c.service));

/** Who can answer for something, as options of a select: a service account cannot. */
export const useActivePeople = (): Option[] => useQuery({ ...colleaguesQuery, select: people }).data ?? NONE;

/** Who can own records or do tasks, as options of a select. */
export const useActiveColleagues = (): Option[] =>
  useQuery({ ...colleaguesQuery, select: options }).data ?? NONE;

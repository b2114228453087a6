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

/** Who can be given records, do tasks or answer for something, as options of a select: no service account. */
export const useActivePeople = (): Option[] => useQuery({ ...colleaguesQuery, select: people }).data ?? NONE;

/** Who may own records: service accounts too, which keep what they made. For looking, not for giving. */
export const useActiveColleagues = (): Option[] =>
  useQuery({ ...colleaguesQuery, select: options }).data ?? NONE;

// An agreement as it is filled in, in days, and as the API takes it.
import type { Agreement, AgreementInput } from "@/api/types";
import { addDays, dateFrom } from "@/lib/days";
import { endOf } from "@/pages/record/share";

export const GROUNDS = [
  "processing_agreement",
  "sub_processing",
  "joint_controllers",
  "controller_to_controller",
] as const;

export const BASES = [
  "consent",
  "contract",
  "legal_obligation",
  "vital_interests",
  "public_task",
  "legitimate_interests",
] as const;

export type Ground = (typeof GROUNDS)[number];

export interface AgreementDraft {
  ground: Ground;
  basis: (typeof BASES)[number] | null;
  number: string;
  signed: string;
  from: string;
  /** Empty: it does not end. */
  until: string;
}

const YEAR = 365;

export const firstAgreement = (today: string): AgreementDraft => ({
  ground: "processing_agreement",
  basis: null,
  number: "",
  signed: today,
  from: today,
  until: addDays(today, YEAR),
});

/** What names a legal basis of its own, and what has to end. */
export const namesBasis = (ground: Ground): boolean => ground === "controller_to_controller";
export const mustEnd = (ground: Ground): boolean =>
  ground === "processing_agreement" || ground === "sub_processing";

export const inputOf = (draft: AgreementDraft): AgreementInput => ({
  ground: draft.ground,
  ...(namesBasis(draft.ground) && { basis: draft.basis }),
  number: draft.number.trim(),
  signed_on: draft.signed,
  valid_from: draft.from ? dateFrom(draft.from).toISOString() : "",
  valid_until: draft.until ? endOf(draft.until) : null,
});

type Span = Pick<Agreement, "id" | "valid_from" | "valid_until">;

const fromOf = ({ valid_from }: Span) => Date.parse(valid_from);
const untilOf = ({ valid_until }: Span) => (valid_until ? Date.parse(valid_until) : Number.POSITIVE_INFINITY);

/** An end that was given as a day is its last second, in milliseconds. */
const LAST = 1000;

/** Until when agreements are in force from a moment on without a gap, in milliseconds; infinity if one does not end. */
export function coveredUntil(spans: Span[], from: number): number {
  let end = from;
  for (;;) {
    const reached = end === from ? end : end + LAST;
    const on = spans.filter((span) => fromOf(span) <= reached).map(untilOf);
    const further = Math.max(end, ...on);
    if (further === end) return end;
    end = further;
  }
}

/** When what is shared ends with another end of one agreement, and how many grants that cuts short. */
export function cutShort(
  agreements: Span[],
  change: { id: string; end: string },
  untils: (string | null)[],
  now: number,
): { at: number; count: number } {
  const changed = agreements.map((one) => (one.id === change.id ? { ...one, valid_until: change.end } : one));
  // Where none is in force yet, something can be seen from the first on.
  const ahead = agreements.filter((one) => untilOf(one) > now).map(fromOf);
  const from = ahead.length > 0 ? Math.max(now, Math.min(...ahead)) : now;
  const [before, at] = [coveredUntil(agreements, from), coveredUntil(changed, from)];
  const ends = untils.map((until) => Math.min(until ? Date.parse(until) : Number.POSITIVE_INFINITY, before));
  return { at, count: ends.filter((end) => end > at).length };
}

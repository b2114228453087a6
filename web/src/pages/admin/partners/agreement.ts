// An agreement as it is filled in, in days, and as the API takes it.
import type { AgreementInput } from "@/api/types";
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

// What a new field is made from, and what of it its kind takes.
import type { FieldKind, Text } from "@/api/types";

export interface ChoiceDraft {
  code: string;
  label: Text;
}

export interface FieldDraft {
  label: Text;
  /** Without `cf_`; made from the label if empty. */
  name: string;
  kind: FieldKind;
  max: number | "";
  min: number | "";
  choices: ChoiceDraft[];
  entity: string;
  personal: boolean;
  special: boolean;
  trade: boolean;
  searchable: boolean;
}

export const KINDS: FieldKind[] = [
  "text",
  "long_text",
  "integer",
  "decimal",
  "money",
  "date",
  "date_time",
  "bool",
  "choice",
  "choices",
  "tags",
  "email",
  "phone",
  "url",
  "country",
  "postal_code",
  "reference",
  "user",
  "nip",
  "regon",
  "krs",
  "pesel",
  "iban",
];

export const hasChoices = (kind: FieldKind): boolean => kind === "choice" || kind === "choices";
export const hasLength = (kind: FieldKind): boolean => kind === "text" || kind === "long_text";

export const emptyField = (): FieldDraft => ({
  label: { pl: "", en: "" },
  name: "",
  kind: "text",
  max: 250,
  min: "",
  choices: [
    { code: "", label: { pl: "", en: "" } },
    { code: "", label: { pl: "", en: "" } },
  ],
  entity: "",
  personal: false,
  special: false,
  trade: false,
  searchable: false,
});

/** The request's body: only what the kind takes. */
export function bodyOf(draft: FieldDraft, nameOf: (label: string) => string): Record<string, unknown> {
  const { label, kind, personal, special, trade, searchable } = draft;
  const body: Record<string, unknown> = {
    name: `cf_${draft.name || nameOf(label.pl)}`,
    label,
    kind,
    personal,
    special,
    trade,
    searchable,
  };
  if ((hasLength(kind) || kind === "integer") && draft.max !== "") body.max = draft.max;
  if (kind === "integer" && draft.min !== "") body.min = draft.min;
  if (kind === "reference") body.entity = draft.entity;
  if (hasChoices(kind))
    body.choices = draft.choices
      .filter((c) => c.label.pl || c.label.en || c.code)
      .map((c) => ({ code: c.code || nameOf(c.label.pl), label: c.label }));
  return body;
}

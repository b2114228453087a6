// Which fields come first when something is added, what they begin with, and what is sent.
import type { Entity, Field, Fields, Value } from "@/api/types";
import type { QuickAddArgs } from "@/lib/overlay";

/** What people have at hand first. The NIP of a company leads to its other data. */
const FIRST: Record<string, string[]> = {
  company: ["nip", "name", "email", "phone", "city"],
  person: ["last_name", "first_name", "email", "phone", "company"],
  lead: ["last_name", "first_name", "company_name", "email", "phone", "source"],
  deal: ["name", "company", "person", "stage", "value", "expected_close"],
  activity: ["kind", "title", "due", "assignee"],
  note: ["body"],
};

/** Fields by which the server knows duplicates, and those that their names are made from. */
const COMPARED = new Set(["name", "first_name", "last_name", "company_name"]);
const COMPARED_KINDS = new Set(["email", "phone", "nip"]);
const COMPARING = new Set(["company", "person", "lead"]);

export interface Shown {
  first: Field[];
  rest: Field[];
}

/** Fields to fill in: the first ones in their order, then the others; `writable` as the server says it. */
export function shown(entity: Entity, writable: string[] | undefined): Shown {
  const may = (field: Field) => !field.flags.read_only && (writable?.includes(field.name) ?? true);
  const names = FIRST[entity.name] ?? [];
  const known = names.flatMap((name) => entity.fields.find((f) => f.name === name) ?? []);
  // A field of the organisation's own that must be filled in has no value to begin with.
  const needed = entity.fields.filter((f) => f.flags.custom && f.flags.required);
  const first = [...known, ...needed].filter(may);
  return { first, rest: entity.fields.filter((f) => may(f) && !first.includes(f)) };
}

export function beginning(entity: Entity, args: QuickAddArgs, me: string): Fields {
  const values: Fields = {};
  for (const field of entity.fields)
    if (field.kind === "choice" && field.flags.required && !field.flags.read_only)
      values[field.name] = field.choices?.[0]?.code ?? null;
  if (entity.name === "activity") values.assignee = me;
  const { parent } = args;
  if (parent && entity.parents.length === 0) {
    const place = entity.fields.find(
      (f) => f.kind === "reference" && f.entity === parent.entity && !f.flags.read_only,
    );
    if (place) values[place.name] = parent.id;
  }
  return args.entity === entity.name || !args.entity ? { ...values, ...args.initial } : values;
}

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Only what has a value, without spaces around it. */
export function filled(values: Fields): Fields {
  const out: Fields = {};
  for (const [name, value] of Object.entries(values)) {
    const trimmed = typeof value === "string" ? value.trim() : value;
    if (!isEmpty(trimmed)) out[name] = trimmed;
  }
  return out;
}

export const isTyped = (values: Fields, before: Fields): boolean =>
  JSON.stringify(Object.entries(filled(values)).sort()) !==
  JSON.stringify(Object.entries(filled(before)).sort());

/** What duplicates are looked for by; nothing if that would find half of the list. */
export function compared(entity: Entity, values: Fields): Fields | null {
  if (!COMPARING.has(entity.name)) return null;
  const out: Fields = {};
  for (const field of entity.fields) {
    const value = values[field.name];
    if (typeof value !== "string" || value.trim().length < 2) continue;
    if (COMPARED.has(field.name) || COMPARED_KINDS.has(field.kind)) out[field.name] = value.trim();
  }
  return Object.keys(out).some((name) => name !== "first_name") ? out : null;
}

// When two values of a field are the same, and which of a change's fields somebody else has changed meanwhile.
import type { Entity, Field, Fields, Money, RecordView, Value } from "@/api/types";

const isMoney = (value: unknown): value is Money =>
  typeof value === "object" && value !== null && "amount" in value && "currency" in value;

const none = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Whether two values mean the same: nothing is nothing in any form, 5 zł is 5.00 zł. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (none(a) || none(b)) return none(a) && none(b);
  if (isMoney(a) && isMoney(b)) return a.currency === b.currency && Number(a.amount) === Number(b.amount);
  if (typeof a === "object" || typeof b === "object") return JSON.stringify(a) === JSON.stringify(b);
  return a === b;
}

/** What is sent for a field that was emptied. */
export const cleaned = (value: Value): Value => (none(value) ? null : value);

/** Fields that differ from what the change was made upon, and from what it asks for. */
export function clashing(wanted: Fields, base: Fields, now: Fields): string[] {
  return Object.keys(wanted).filter((name) => !same(base[name], now[name]) && !same(wanted[name], now[name]));
}

/** The record as it will be; null removes. */
export function merged(record: RecordView, change: Fields): RecordView {
  const fields = { ...record.fields };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete fields[name];
    else fields[name] = value;
  }
  return { ...record, fields };
}

/** The values that `names` have now, as a change that brings them back. */
export const backTo = (fields: Fields, names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));

export type GroupName = "main" | "contact" | "address" | "numbers" | "custom" | "text";
const ORDER: GroupName[] = ["main", "contact", "address", "numbers", "custom", "text"];
const ADDRESS = ["street", "city", "postal_code", "country"];
const NUMBERS = ["nip", "regon", "krs", "pesel", "iban"];
const CONTACT = ["email", "phone", "url"];

function groupOf(field: Field): GroupName {
  if (field.kind === "long_text") return "text";
  if (field.flags.custom) return "custom";
  if (ADDRESS.includes(field.name)) return "address";
  if (NUMBERS.includes(field.kind) || field.name === "vat_eu") return "numbers";
  if (CONTACT.includes(field.kind)) return "contact";
  return "main";
}

/** Fields in groups; what the program puts together from other fields is the title and not shown again. */
export function grouped(entity: Entity, record: RecordView): { name: GroupName; fields: Field[] }[] {
  const shown = entity.fields.filter((field) => {
    if (record.access.hidden.includes(field.name)) return false;
    if (!field.flags.read_only) return true;
    const made = field.name === entity.title || field.flags.sorts_as_name;
    return !made && record.fields[field.name] !== undefined;
  });
  return ORDER.map((name) => ({ name, fields: shown.filter((f) => groupOf(f) === name) })).filter(
    (group) => group.fields.length > 0,
  );
}

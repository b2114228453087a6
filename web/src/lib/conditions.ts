// Conditions of a list as they stand behind the `#` of an address, in memory and in the API. All three speak
// `field:op:value`; here a day may stand for a moment, and a word such as `@this_week` for a range of days.
import type { Entity, Field, FieldKind } from "@/api/types";
import { addDays, dateFrom, dayOf } from "@/lib/days";

export const OPERATORS = [
  "in",
  "eq",
  "ne",
  "has",
  "contains",
  "starts",
  "gte",
  "lte",
  "gt",
  "lt",
  "empty",
  "filled",
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  field: string;
  op: Operator;
  /** None for `empty` and `filled`, many for `in` and `has`, otherwise one. */
  values: string[];
}

export type FilterKind = FieldKind | "team";

/** What can be filtered: a field, or one of the facts that every record has. */
export interface FilterField {
  name: string;
  kind: FilterKind;
  /** Absent for the common facts. */
  field?: Field;
}

export const COMMON: FilterField[] = [
  { name: "owner", kind: "user" },
  { name: "team", kind: "team" },
  { name: "created_at", kind: "date_time" },
  { name: "updated_at", kind: "date_time" },
];

const valueless = (op: Operator) => op === "empty" || op === "filled";
const listed = (op: Operator) => op === "in" || op === "has";

export function parseCondition(text: string): Condition | null {
  const [field, op, ...rest] = text.split(":");
  if (!field || !op || !(OPERATORS as readonly string[]).includes(op)) return null;
  const operator = op as Operator;
  if (valueless(operator)) return { field, op: operator, values: [] };
  const value = rest.join(":");
  if (value === "") return null;
  const values = listed(operator) ? value.split(",").filter(Boolean) : [value];
  return values.length ? { field, op: operator, values } : null;
}

export function formatCondition({ field, op, values }: Condition): string {
  return valueless(op) ? `${field}:${op}` : `${field}:${op}:${values.join(",")}`;
}

export const parseConditions = (texts: string[]): Condition[] =>
  texts.flatMap((text) => parseCondition(text) ?? []);

const TEXT: Operator[] = ["contains", "starts", "eq", "ne", "empty", "filled"];
const NUMBER: Operator[] = ["gte", "lte", "eq", "empty", "filled"];
const DATE: Operator[] = ["in", "gte", "lte", "eq", "empty", "filled"];
const CODE: Operator[] = ["in", "ne", "empty", "filled"];

const BY_KIND: Record<FilterKind, Operator[]> = {
  text: TEXT,
  long_text: [],
  email: TEXT,
  phone: TEXT,
  url: TEXT,
  nip: TEXT,
  regon: TEXT,
  krs: TEXT,
  pesel: TEXT,
  iban: TEXT,
  postal_code: TEXT,
  country: CODE,
  integer: NUMBER,
  decimal: NUMBER,
  money: NUMBER,
  date: DATE,
  date_time: DATE,
  bool: ["eq"],
  choice: CODE,
  choices: ["has", "empty", "filled"],
  tags: ["has", "empty", "filled"],
  reference: ["eq", "ne", "empty", "filled"],
  user: CODE,
  team: CODE,
};

/** Operators offered for a field, the likeliest first; none if it cannot be filtered. */
export function operatorsOf({ kind, field, name }: FilterField): Operator[] {
  if (field?.flags.special) return ["eq", "empty", "filled"];
  if (!field) return BY_KIND[kind].filter((op) => !valueless(op));
  return name === "sort_name" ? [] : BY_KIND[kind];
}

export function filterFields(entity: Entity, withheld: ReadonlySet<string>): FilterField[] {
  const own = entity.fields
    .filter((f) => !withheld.has(f.name))
    .map((field): FilterField => ({ name: field.name, kind: field.kind, field }))
    .filter((f) => operatorsOf(f).length > 0);
  return [...own, ...COMMON];
}

export function filterField(entity: Entity, name: string): FilterField | undefined {
  const field = entity.fields.find((f) => f.name === name);
  return field ? { name, kind: field.kind, field } : COMMON.find((f) => f.name === name);
}

const CODED: FilterKind[] = ["choice", "choices", "country", "bool", "user", "team", "reference"];
const MEASURED: FilterKind[] = ["date", "date_time", "integer", "decimal", "money"];

/**
 * Whether the condition may stand in an address: codes, ids, and numbers and dates that say nothing of a person.
 * All that is typed as text, or is a person's own number or date, stays in memory.
 */
export function fitsAddress(entity: Entity, condition: Condition): boolean {
  if (valueless(condition.op)) return true;
  const target = filterField(entity, condition.field);
  if (!target) return false;
  if (CODED.includes(target.kind)) return true;
  const private_ = target.field?.flags.personal || target.field?.flags.special;
  return MEASURED.includes(target.kind) && (!private_ || isPreset(condition));
}

export function splitConditions(entity: Entity, conditions: Condition[]): { f: string[]; texts: string[] } {
  const f: string[] = [];
  const texts: string[] = [];
  for (const condition of conditions)
    (fitsAddress(entity, condition) ? f : texts).push(formatCondition(condition));
  return { f, texts };
}

export const PRESETS = [
  "overdue",
  "yesterday",
  "today",
  "tomorrow",
  "last_week",
  "this_week",
  "next_week",
  "last_month",
  "this_month",
  "next_month",
  "this_quarter",
  "last_year",
  "this_year",
  "last_30",
  "next_30",
] as const;
export type Preset = (typeof PRESETS)[number];

export const presetOf = ({ op, values }: Condition): Preset | undefined =>
  op === "in" && values.length === 1 ? PRESETS.find((preset) => values[0] === `@${preset}`) : undefined;
const isPreset = (condition: Condition) => presetOf(condition) !== undefined;

/** Days of a preset: from the first, up to but without the second. */
export function presetDays(preset: Preset, now: Date): [Date | null, Date | null] {
  const [y, m, d] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const at = (shift: number) => new Date(y, m, d + shift);
  const monday = -((now.getDay() + 6) % 7);
  const quarter = m - (m % 3);
  switch (preset) {
    case "overdue":
      return [null, at(0)];
    case "yesterday":
      return [at(-1), at(0)];
    case "today":
      return [at(0), at(1)];
    case "tomorrow":
      return [at(1), at(2)];
    case "last_week":
      return [at(monday - 7), at(monday)];
    case "this_week":
      return [at(monday), at(monday + 7)];
    case "next_week":
      return [at(monday + 7), at(monday + 14)];
    case "last_month":
      return [new Date(y, m - 1, 1), new Date(y, m, 1)];
    case "this_month":
      return [new Date(y, m, 1), new Date(y, m + 1, 1)];
    case "next_month":
      return [new Date(y, m + 1, 1), new Date(y, m + 2, 1)];
    case "this_quarter":
      return [new Date(y, quarter, 1), new Date(y, quarter + 3, 1)];
    case "last_year":
      return [new Date(y - 1, 0, 1), new Date(y, 0, 1)];
    case "this_year":
      return [new Date(y, 0, 1), new Date(y + 1, 0, 1)];
    case "last_30":
      return [at(-29), at(1)];
    case "next_30":
      return [at(0), at(30)];
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** The condition as the API takes it. Moments are compared by the user's own days. */
export function toApi(entity: Entity, condition: Condition, now = new Date()): string[] {
  const { field, op, values } = condition;
  const kind = filterField(entity, field)?.kind;
  const moment = kind === "date_time";
  const point = (date: Date) => (moment ? date.toISOString() : dayOf(date));
  const preset = presetOf(condition);
  if (preset && (moment || kind === "date")) {
    const [from, to] = presetDays(preset, now);
    return [from && `${field}:gte:${point(from)}`, to && `${field}:lt:${point(to)}`].filter(
      (c) => c !== null,
    );
  }
  const value = values[0] ?? "";
  if (!moment || !DAY.test(value)) return [formatCondition(condition)];
  const [start, end] = [point(dateFrom(value)), point(dateFrom(addDays(value, 1)))];
  switch (op) {
    case "gte":
      return [`${field}:gte:${start}`];
    case "lt":
      return [`${field}:lt:${start}`];
    case "gt":
      return [`${field}:gte:${end}`];
    case "lte":
      return [`${field}:lt:${end}`];
    case "eq":
      return [`${field}:gte:${start}`, `${field}:lt:${end}`];
    default:
      return [formatCondition(condition)];
  }
}

export interface ListWish {
  q: string;
  conditions: Condition[];
  /** `field` or `-field`; empty for the latest change first. */
  sort: string;
}

/** A saved view's query: the list's own parameters, kept sealed by the server. */
export function formatView({ q, conditions, sort }: ListWish): string {
  const params = new URLSearchParams();
  if (q.trim()) params.append("q", q.trim());
  for (const condition of conditions) params.append("filter", formatCondition(condition));
  if (sort) params.append("sort", sort);
  return params.toString();
}

export function parseView(query: string): ListWish {
  const params = new URLSearchParams(query);
  return {
    q: params.get("q") ?? "",
    conditions: parseConditions(params.getAll("filter")),
    sort: params.get("sort") ?? "",
  };
}

/** Whether two wishes ask for the same. */
export const sameWish = (a: ListWish, b: ListWish): boolean => formatView(a) === formatView(b);

// Which columns a list has, which it shows unless told otherwise, and how wide they are.
import type { Access, Entity, Field, FieldKind, Me } from "@/api/types";
import type { Condition } from "@/lib/conditions";
import { onlyFields } from "@/lib/entities";
import { hasNextActivity } from "./useRows";

/** So that the columns shown at first fit a window of 1440 px. */
const WIDTHS: Partial<Record<FieldKind, number>> = {
  email: 180,
  phone: 130,
  url: 190,
  nip: 120,
  regon: 120,
  krs: 120,
  postal_code: 100,
  country: 130,
  integer: 110,
  decimal: 120,
  money: 130,
  date: 130,
  date_time: 160,
  bool: 96,
  choice: 152,
  user: 148,
  reference: 168,
};
/** Names that are sentences. */
const TITLES: Record<string, number> = { deal: 204, activity: 244, note: 340 };
const NUMERIC: FieldKind[] = ["integer", "decimal", "money"];
/** By these the server could sort, but only by codes and ids, which is no order to a reader. */
const UNSORTED: FieldKind[] = ["long_text", "choices", "tags", "reference", "user"];

const DEFAULTS: Record<string, string[]> = {
  company: ["nip", "city", "industry", "phone", "next_activity", "owner"],
  person: ["company", "job_title", "email", "mobile", "next_activity", "owner"],
  lead: ["company_name", "status", "rating", "estimated_value", "next_activity", "owner"],
  deal: ["stage", "value", "company", "expected_close", "next_activity", "owner"],
  activity: ["kind", "due", "parent", "priority", "done", "assignee"],
  note: ["parent", "owner", "updated_at"],
};

/** Facts that stand beside the fields. */
export const BESIDE = ["owner", "team", "parent", "next_activity", "created_at", "updated_at"] as const;
export type Beside = (typeof BESIDE)[number];

export interface Column {
  id: string;
  field?: Field;
  width: number;
  numeric: boolean;
  sort?: string;
}

const BESIDE_WIDTH: Record<Beside, number> = {
  owner: 148,
  team: 150,
  parent: 184,
  next_activity: 164,
  created_at: 130,
  updated_at: 130,
};

/** In pixels: a letter of a heading, what stands around it, and how far a heading may widen its column. */
const [LETTER, AROUND, WIDEST] = [7, 31, 240];

const widthOf = ({ kind, label }: Field): number =>
  Math.max(
    WIDTHS[kind] ?? 140,
    Math.min(Math.max(label.pl.length, label.en.length) * LETTER + AROUND, WIDEST),
  );

const isShown = (field: Field, access: Access | undefined) =>
  field.kind !== "long_text" &&
  field.name !== "sort_name" &&
  // Rows leave special fields out, even masked ones: a column of them would be empty.
  !field.flags.special &&
  !access?.hidden.includes(field.name);

function sortOf(entity: Entity, field: Field, access: Access | undefined): string | undefined {
  if (UNSORTED.includes(field.kind) || access?.masked.includes(field.name)) return;
  const byName = entity.fields.find((f) => f.name === "sort_name");
  const readable = byName && !access?.hidden.includes("sort_name") && !access?.masked.includes("sort_name");
  return field.name === entity.title && readable ? "sort_name" : field.name;
}

/** All columns there can be; the one that names the record comes first. `next`: whether activities ahead can be told. */
export function allColumns(entity: Entity, access: Access | undefined, next: boolean): Column[] {
  const fields = entity.fields
    .filter((field) => isShown(field, access))
    .map((field) => ({
      id: field.name,
      field,
      width: field.name === entity.title ? (TITLES[entity.name] ?? 188) : widthOf(field),
      numeric: NUMERIC.includes(field.kind),
      sort: sortOf(entity, field, access),
    }));
  const beside = BESIDE.filter(
    (id) =>
      (id !== "parent" || entity.parents.length > 0) &&
      (id !== "next_activity" || (hasNextActivity(entity) && next)),
  ).map((id) => ({
    id,
    width: BESIDE_WIDTH[id],
    numeric: false,
    sort: id.endsWith("_at") ? id : undefined,
  }));
  const title = fields.filter((c) => c.id === entity.title);
  return [...title, ...fields.filter((c) => c.id !== entity.title), ...beside];
}

export function defaultColumns(entity: Entity): string[] {
  const own = DEFAULTS[entity.name] ?? entity.fields.slice(0, 6).map((f) => f.name);
  return [entity.title, ...own.filter((id) => id !== entity.title)];
}

/** The columns shown, in order: the title always first, what does not exist or is withheld left out. */
export function shownColumns(all: Column[], entity: Entity, chosen: string[] | undefined): Column[] {
  const ids = chosen?.length ? chosen : defaultColumns(entity);
  const rest = ids.filter((id) => id !== entity.title).flatMap((id) => all.find((c) => c.id === id) ?? []);
  const title = all.find((c) => c.id === entity.title);
  return title ? [title, ...rest] : rest;
}

/** What keys change in a row of deals, and what taking that back needs. */
const BY_KEY: Record<string, string[]> = { deal: ["stage", "lost_reason"] };

export interface Asked {
  fields: string;
  next_activity?: true;
}

/** What a list with these columns is asked for: nothing else leaves the server. */
export function askedOf(me: Me, entity: Entity, shown: Column[], conditions: Condition[] = []): Asked {
  // The names of what conditions refer to come along with the rows.
  const referred = entity.fields.filter(
    ({ name, kind }) => kind === "reference" && conditions.some(({ field }) => field === name),
  );
  const columns = shown.flatMap(({ field }) => field ?? []);
  const names = [...columns, ...referred].map((field) => field.name);
  return {
    fields: onlyFields(me, entity, [entity.title, ...names, ...(BY_KEY[entity.name] ?? [])]),
    next_activity: shown.some(({ id }) => id === "next_activity") || undefined,
  };
}

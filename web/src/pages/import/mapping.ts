// Columns of a file for fields of an entity: what the server recognised, what the user decided.
import type { Entity, Field, ImportPreview } from "@/api/types";

type Columns = ImportPreview["columns"];

export const OWNER = "owner";
/** What the server takes for "this column is not wanted". */
const UNUSED = "-";

export interface Target {
  value: string;
  field?: Field;
  kind: "field" | "owner" | "currency";
}

/** What a column can feed, as the server says by names of fields. */
export function targets(entity: Entity, names: string[]): Target[] {
  const fed = entity.fields.filter((f) => names.includes(f.name));
  const fields = fed.map((field): Target => ({ value: field.name, field, kind: "field" }));
  const currencies = fed
    .filter((f) => f.kind === "money")
    .map((field): Target => ({ value: `${field.name}.currency`, field, kind: "currency" }));
  return [...fields, ...currencies, { value: OWNER, kind: "owner" }];
}

export const guessed = (columns: Columns): Record<string, string> =>
  Object.fromEntries(columns.map((c) => [c.heading, c.field === UNUSED ? "" : (c.field ?? "")]));

/** Several columns may feed one of these; of the others the server takes one. */
const GATHERS = new Set(["email", "phone", "tags", "long_text"]);

/** The map with this column for this target; another column loses it if only one can have it. */
export function assign(
  entity: Entity,
  map: Record<string, string>,
  heading: string,
  target: string,
): { map: Record<string, string>; lost: string | null } {
  const next = { ...map, [heading]: target };
  const kind = entity.fields.find((f) => f.name === target)?.kind;
  if (target === "" || (kind && GATHERS.has(kind))) return { map: next, lost: null };
  const lost = Object.keys(map).find((h) => h !== heading && map[h] === target) ?? null;
  if (lost !== null) next[lost] = "";
  return { map: next, lost };
}

/**
 * What differs from the server's own reading, as `#3=field`: it stands in the address of the request, where a
 * heading has no place. In a file without headings they are the first person's data.
 */
export function changesOf(columns: Columns, map: Record<string, string>): string[] {
  const before = guessed(columns);
  return columns.flatMap(({ heading }, at) => {
    const target = map[heading] ?? "";
    return target === before[heading] ? [] : [`#${at + 1}=${target || UNUSED}`];
  });
}

/** Required fields that no column feeds; without them rows are refused. */
export function missing(entity: Entity, map: Record<string, string>): Field[] {
  const fed = new Set(Object.values(map));
  if (fed.has("name")) fed.add("last_name");
  // Choices and flags begin with a value of their own.
  return entity.fields.filter(
    (f) =>
      f.flags.required && !f.flags.read_only && f.kind !== "choice" && f.kind !== "bool" && !fed.has(f.name),
  );
}

import { useQueries } from "@tanstack/react-query";
import { recordQuery } from "@/api/queries";
import type { Entity, Refs } from "@/api/types";
import { findEntity, titleOf, useEntities } from "@/lib/entities";

/** A value of a field of references. */
interface Referred {
  field: string;
  id: string;
}

/**
 * Titles of records that fields refer to. Those that did not come with anything on screen are asked for one by one,
 * which is a look at each of them: only once `refs` are known.
 */
export function useTitles(entity: Entity, wanted: Referred[], refs: Refs | undefined): Refs {
  const entities = useEntities();
  const missing = wanted.flatMap(({ field, id }) => {
    const to = entity.fields.find((f) => f.name === field && f.kind === "reference")?.entity;
    const target = to && refs && !refs[id] ? findEntity(entities, to) : undefined;
    return target ? [{ id, target }] : [];
  });
  const found = useQueries({
    queries: missing.map(({ id, target }) => ({ ...recordQuery(target.plural, id), staleTime: 300_000 })),
  });
  const more = missing.flatMap(({ id, target }, at): [string, Refs[string]][] => {
    const record = found[at]?.data;
    return record ? [[id, { entity: target.name, title: titleOf(target, record.fields) }]] : [];
  });
  return { ...refs, ...Object.fromEntries(more) };
}

// A change of one record where it is listed: at once on screen, then at the server, with a way back.
import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Loaded } from "@/api/loadAll";
import type { Entity, RecordView, Row } from "@/api/types";
import { inTurn, isWaiting, settled } from "@/lib/inTurn";
import { done, failed } from "@/lib/undo";
import { type Patch, putBack } from "./useSaving";
import { backTo } from "./values";

/**
 * `key` is the query that all of the list was read with; without it, the change is on screen once the server has
 * answered. Resolves with what went wrong, which has been told.
 */
export function useRowWrite(entity: Entity, key?: QueryKey) {
  const client = useQueryClient();
  const { plural } = entity;
  const put = (id: string, change: (row: Row) => Partial<Row>) => {
    if (!key) return;
    client.setQueryData<Loaded>(
      key,
      (known) =>
        known && {
          ...known,
          items: known.items.map((row) => (row.id === id ? { ...row, ...change(row) } : row)),
        },
    );
  };
  return async (row: Row, patch: Patch, label: string): Promise<unknown> => {
    if (key) await client.cancelQueries({ queryKey: key });
    const back: Patch = {
      ...(patch.fields && { fields: backTo(row.fields, Object.keys(patch.fields)) }),
      ...(patch.owner && { owner: row.owner }),
    };
    put(row.id, ({ fields }) => ({ fields: { ...fields, ...patch.fields } }));
    try {
      const saved = await inTurn(plural, row, (version) =>
        request<RecordView>("PATCH", `/${plural}/${row.id}`, { body: patch, version }),
      );
      put(row.id, () => ({ version: saved.version, updated_at: saved.updated_at }));
      done(label, () => putBack(client, entity, saved, back));
      return null;
    } catch (error) {
      if (!isWaiting(plural, row.id))
        put(row.id, ({ fields }) => ({ fields: { ...fields, ...back.fields } }));
      failed(error);
      return error;
    } finally {
      settled(client, plural, row.id);
    }
  };
}

// Doing an activity, and putting it on another day: at once on screen, then at the server, with a way back.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Loaded } from "@/api/loadAll";
import type { Fields, RecordView, Row } from "@/api/types";
import { useEntity } from "@/lib/entities";
import { day as dayText } from "@/lib/format";
import { inTurn, isWaiting, settled } from "@/lib/inTurn";
import { done, failed } from "@/lib/undo";
import { putBack } from "@/pages/record/useSaving";
import { movedTo } from "./calendar";

/** `key` is the query that the activity is shown from. */
export function useActivity(key: readonly unknown[]) {
  const client = useQueryClient();
  const { t } = useTranslation("activities");
  const entity = useEntity("activity");
  const { plural } = entity;
  const put = (id: string, change: (row: Row) => Row) =>
    client.setQueryData<Loaded>(
      key,
      (known) => known && { ...known, items: known.items.map((row) => (row.id === id ? change(row) : row)) },
    );
  const write = async (row: Row, fields: Fields, label: string) => {
    await client.cancelQueries({ queryKey: key });
    const before: Fields = Object.fromEntries(Object.keys(fields).map((f) => [f, row.fields[f] ?? null]));
    put(row.id, (known) => ({ ...known, fields: { ...known.fields, ...fields } }));
    try {
      const saved = await inTurn(plural, row, (version) =>
        request<RecordView>("PATCH", `/${plural}/${row.id}`, { body: { fields }, version }),
      );
      put(row.id, (known) => ({ ...known, version: saved.version }));
      done(label, () => putBack(client, entity, saved, { fields: before }));
    } catch (error) {
      if (!isWaiting(plural, row.id))
        put(row.id, (known) => ({ ...known, fields: { ...known.fields, ...before } }));
      failed(error);
    }
    settled(client, plural, row.id);
  };
  return {
    setDone: (row: Row, title: string, isDone: boolean) =>
      write(row, { done: isDone }, t(isDone ? "completed" : "reopened", { title })),
    moveTo: async (row: Row, title: string, day: string) => {
      const fields = movedTo(row, day);
      if (fields) await write(row, { ...fields }, t("moved", { title, day: dayText(day) }));
    },
  };
}

// Doing an activity, and putting it on another day: at once on screen, then at the server, with a way back.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import type { Loaded } from "@/api/loadAll";
import { changed } from "@/api/queries";
import type { Fields, RecordView, Row } from "@/api/types";
import { day as dayText } from "@/lib/format";
import { done, failed } from "@/lib/undo";
import { movedTo } from "./calendar";

const PLURAL = "activities";

const patch = (id: string, version: number, fields: Fields) =>
  request<RecordView>("PATCH", `/${PLURAL}/${id}`, { body: { fields }, version });

/** `key` is the query that the activity is shown from. */
export function useActivity(key: readonly unknown[]) {
  const client = useQueryClient();
  const { t } = useTranslation("activities");
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
      const saved = await patch(row.id, row.version, fields);
      put(row.id, (known) => ({ ...known, version: saved.version }));
      done(label, async () => {
        await patch(row.id, saved.version, before);
        changed(client, PLURAL, row.id);
      });
    } catch (error) {
      put(row.id, () => row);
      failed(error);
    }
    changed(client, PLURAL, row.id);
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

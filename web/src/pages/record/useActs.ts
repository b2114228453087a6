// What can be done to the whole record.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { changed, recordQuery } from "@/api/queries";
import type { Id, ManyAct, RecordView } from "@/api/types";
import { openQuickAdd } from "@/lib/overlay";
import { done, failed } from "@/lib/undo";
import { unlessSecond } from "@/ui/secondPerson";
import { useHere } from "./here";
import { take } from "./useSaving";

export interface Erased {
  subject: Id;
  removed: number;
  unlinked: number;
  destroyed_at: string;
}

export interface Converted {
  lead: Id;
  person: Id;
  company: Id | null;
  deal: Id | null;
}

/** The act that an erasure is. */
export const eraseAct = (entities: string, id: Id, reason: string): ManyAct => ({
  erase: { entities, id, reason },
});

export function useActs() {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const { entity, record, saving, title } = useHere();
  const path = `/${entity.plural}/${record.id}`;

  const settled = async (answer: RecordView) => {
    take(client, entity, answer);
    void client.invalidateQueries({ queryKey: ["events", entity.plural, record.id] });
    return answer;
  };
  const restore = async (version: number) =>
    settled(await request<RecordView>("POST", `${path}/restore`, { version }));
  const remove = async (version: number) => settled(await request<RecordView>("DELETE", path, { version }));

  return {
    /** Into the bin, with the way back. */
    remove: async () => {
      try {
        const { version } = await remove(await saving.version());
        done(t("acts.deleted"), () => restore(version));
      } catch (error) {
        failed(error);
      }
    },
    restore: async () => {
      try {
        const { version } = await restore(await saving.version());
        done(t("acts.restored"), () => remove(version));
      } catch (error) {
        failed(error);
      }
    },
    setDone: (value: boolean) =>
      saving.save({ fields: { done: value } }, { label: t(value ? "acts.markedDone" : "acts.reopened") }),
    addTo: (added: string) =>
      openQuickAdd({
        entity: added,
        parent: { entity: entity.name, id: record.id, title },
      }),
    erase: (reason: string) =>
      unlessSecond(client, eraseAct(entity.plural, record.id, reason), t("erase.confirm"), () =>
        request<Erased>("POST", `${path}/erase`, { body: { reason } }),
      ),
    convert: async (company: Id | null, deal: string | null) => {
      const body = { company, deal };
      const version = await saving.version();
      const made = await request<Converted>("POST", `${path}/convert`, { body, version });
      await client.invalidateQueries({ queryKey: recordQuery(entity.plural, record.id).queryKey });
      for (const plural of ["leads", "people", "companies", "deals", "activities", "notes"])
        changed(client, plural);
      return made;
    },
  };
}

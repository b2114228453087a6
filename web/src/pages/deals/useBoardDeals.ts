// The open deals on the board, and moving one.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { type Loaded, loadAll } from "@/api/loadAll";
import { changed, totalsQuery } from "@/api/queries";
import type { Entity, Fields, RecordView, Row } from "@/api/types";
import { done, failed } from "@/lib/undo";
import { openFilter, type Stage } from "./deal";

const MOST = 500;

export interface Wanted {
  /** Conditions on owner or team. */
  filters: string[];
  words: string;
}

export function useBoardDeals(entity: Entity, { filters, words }: Wanted) {
  const filter = [openFilter(entity), ...filters];
  const query = { filter, q: words, sort: "expected_close", refs: true, next_activity: true };
  const key = ["list", entity.plural, "board", query];
  const deals = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => loadAll(entity.plural, query, MOST, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const valued = deals.data !== undefined && !isHidden(deals.data, "value");
  const totals = useQuery({
    // To whom values are hidden, only counts are told.
    ...totalsQuery(entity.plural, {
      group: "stage",
      ...(valued && { sum: "value" }),
      filter: filters,
    }),
    enabled: deals.data !== undefined,
    placeholderData: keepPreviousData,
  });
  return { key, deals, valued, totals: totals.data };
}

export const isHidden = (page: Loaded, field: string): boolean =>
  page.access.hidden.includes(field) || page.access.masked.includes(field);

const patch = (plural: string, id: string, version: number, fields: Fields) =>
  request<RecordView>("PATCH", `/${plural}/${id}`, { body: { fields }, version });

interface Move {
  deal: Row;
  stage: Stage;
  title: string;
  lostReason?: string;
}

/** At once on screen, then at the server; what fails comes back with its reason. */
export function useMoveDeal(plural: string, key: readonly unknown[], say: (text: string) => void) {
  const client = useQueryClient();
  const { t } = useTranslation("deals");
  const put = (id: string, change: (row: Row) => Row) =>
    client.setQueryData<Loaded>(
      key,
      (known) => known && { ...known, items: known.items.map((row) => (row.id === id ? change(row) : row)) },
    );
  return async ({ deal, stage, title, lostReason }: Move) => {
    await client.cancelQueries({ queryKey: key });
    const before = { stage: deal.fields.stage ?? null, lost_reason: deal.fields.lost_reason ?? null };
    const fields: Fields = { stage: stage.id };
    if (lostReason) fields.lost_reason = lostReason;
    put(deal.id, (row) => ({ ...row, fields: { ...row.fields, ...fields } }));
    try {
      const saved = await patch(plural, deal.id, deal.version, fields);
      put(deal.id, (row) => ({ ...row, version: saved.version, updated_at: saved.updated_at }));
      const undone: Fields = { stage: before.stage };
      if (lostReason) undone.lost_reason = before.lost_reason;
      done(t("moved", { title, stage: stage.title }), async () => {
        await patch(plural, deal.id, saved.version, undone);
        changed(client, plural, deal.id);
      });
      say(t("moved", { title, stage: stage.title }));
    } catch (error) {
      put(deal.id, () => deal);
      failed(error);
      say(t("moveFailed", { title, reason: error instanceof Error ? error.message : "" }));
    }
    changed(client, plural, deal.id);
  };
}

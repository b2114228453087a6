// The open deals on the board, and moving one.
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { type Loaded, loadAll } from "@/api/loadAll";
import { totalsQuery } from "@/api/queries";
import type { Entity, Fields, RecordView, Row } from "@/api/types";
import { inTurn, isWaiting, settled } from "@/lib/inTurn";
import { done, failed } from "@/lib/undo";
import { putBack } from "@/pages/record/useSaving";
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

interface Move {
  deal: Row;
  stage: Stage;
  title: string;
  lostReason?: string;
}

/** At once on screen, then at the server; what fails comes back with its reason. */
export function useMoveDeal(entity: Entity, key: readonly unknown[], say: (text: string) => void) {
  const client = useQueryClient();
  const { t } = useTranslation("deals");
  const { plural } = entity;
  const put = (id: string, change: (row: Row) => Row) =>
    client.setQueryData<Loaded>(
      key,
      (known) => known && { ...known, items: known.items.map((row) => (row.id === id ? change(row) : row)) },
    );
  return async ({ deal, stage, title, lostReason }: Move) => {
    await client.cancelQueries({ queryKey: key });
    const before: Fields = { stage: deal.fields.stage ?? null };
    const fields: Fields = { stage: stage.id };
    if (lostReason) {
      before.lost_reason = deal.fields.lost_reason ?? null;
      fields.lost_reason = lostReason;
    }
    put(deal.id, (row) => ({ ...row, fields: { ...row.fields, ...fields } }));
    try {
      const saved = await inTurn(plural, deal, (version) =>
        request<RecordView>("PATCH", `/${plural}/${deal.id}`, { body: { fields }, version }),
      );
      put(deal.id, (row) => ({ ...row, version: saved.version, updated_at: saved.updated_at }));
      done(t("moved", { title, stage: stage.title }), () =>
        putBack(client, entity, saved, { fields: before }),
      );
      say(t("moved", { title, stage: stage.title }));
    } catch (error) {
      if (!isWaiting(plural, deal.id))
        put(deal.id, (row) => ({ ...row, fields: { ...row.fields, ...before } }));
      failed(error);
      say(t("moveFailed", { title, reason: error instanceof Error ? error.message : "" }));
    }
    settled(client, plural, deal.id);
  };
}

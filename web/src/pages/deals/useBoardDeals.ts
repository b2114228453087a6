// The open deals on the board, and moving one.
import { keepPreviousData, type QueryKey, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { loadAll } from "@/api/loadAll";
import { totalsQuery } from "@/api/queries";
import type { Entity, Row } from "@/api/types";
import { onlyFields, useMe } from "@/lib/entities";
import { useRowWrite } from "@/pages/record/useRowWrite";
import { CARD, isValued, openFilter, type Stage, stageFields } from "./deal";

const MOST = 500;

export interface Wanted {
  /** Conditions on owner or team. */
  filters: string[];
  words: string;
}

export function useBoardDeals(entity: Entity, { filters, words }: Wanted) {
  const query = {
    filter: [openFilter(entity), ...filters],
    q: words,
    sort: "expected_close",
    // Taking a move back needs the reason there was.
    fields: onlyFields(useMe(), entity, [entity.title, ...CARD, "lost_reason"]),
    refs: true,
    next_activity: true,
  };
  const key = ["list", entity.plural, "board", query];
  const deals = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => loadAll(entity.plural, query, MOST, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  const valued = isValued(deals.data?.access);
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

interface Move {
  deal: Row;
  stage: Stage;
  title: string;
  lostReason?: string;
}

/** The card that fails comes back with its reason. Of one that was moved the message is read out. */
export function useMoveDeal(entity: Entity, key: QueryKey, say: (text: string) => void) {
  const { t } = useTranslation("deals");
  const write = useRowWrite(entity, key);
  return async ({ deal, stage, title, lostReason }: Move) => {
    const moved = t("moved", { title, stage: stage.title });
    const error = await write(deal, { fields: stageFields(stage, lostReason) }, moved);
    if (error) say(t("moveFailed", { title, reason: error instanceof Error ? error.message : "" }));
  };
}

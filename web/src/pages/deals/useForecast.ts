import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { totalsQuery } from "@/api/queries";
import { useEntity } from "@/lib/entities";
import { openStages } from "./deal";
import type { StageTotals } from "./forecast";

/** Sums by month, one request a stage, since each stage has its own probability. */
export function useForecast(filters: string[]) {
  const entity = useEntity("deal");
  const stages = useMemo(() => openStages(entity), [entity]);
  return useQueries({
    queries: stages.map((stage) => ({
      ...totalsQuery(entity.plural, {
        group: "expected_close:month",
        sum: "value",
        filter: [`stage:eq:${stage.id}`, ...filters],
      }),
      placeholderData: keepPreviousData,
    })),
    combine: (answers) => {
      const failed = answers.find((a) => a.error);
      const full = answers.every((a) => a.data !== undefined);
      const data: StageTotals[] | undefined = full
        ? stages.map((stage, i) => ({ stage, totals: answers[i]?.data ?? [] }))
        : undefined;
      return {
        data,
        error: failed?.error ?? null,
        isPending: !full && !failed,
        refetch: () => Promise.all(answers.map((a) => a.refetch())),
      };
    },
  });
}

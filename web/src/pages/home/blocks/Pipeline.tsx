import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { teamsQuery, totalsQuery } from "@/api/queries";
import type { Total } from "@/api/types";
import { useEntity } from "@/lib/entities";
import { compare, number } from "@/lib/format";
import { listPath } from "@/lib/paths";
import {
  add,
  openFilter,
  openStages,
  type Stage,
  type Sums,
  stagesOf,
  sumOfTotals,
  sumText,
  weighted,
} from "@/pages/deals/deal";
import { ForecastChart, ForecastTable, thisMonth } from "@/pages/deals/Forecast";
import { currenciesOf, forecastOf } from "@/pages/deals/forecast";
import { useForecast } from "@/pages/deals/useForecast";
import { BarTable, ChartOrTable } from "@/ui/chart";
import { Ready } from "@/ui/States";
import { Block, Nothing } from "../Block";

const first = (sums: Sums): number => Math.max(0, ...sums.values());

/** Open deals by stage. */
export function Pipeline({ filters, mine }: { filters: string[]; mine: boolean }) {
  const { t } = useTranslation("home");
  const entity = useEntity("deal");
  const stages = openStages(entity);
  const totals = useQuery(totalsQuery(entity.plural, { group: "stage", sum: "value", filter: filters }));
  return (
    <Block
      title={mine ? t("pipeline.mine") : t("pipeline.all")}
      all={{ to: "/deals", search: { who: mine ? "mine" : "all" }, label: t("deals.board") }}
    >
      <Ready query={totals} rows={4}>
        {(found) => (
          <BarTable
            label={t("pipeline.label")}
            heads={[t("pipeline.stage"), t("pipeline.deals"), t("pipeline.value")]}
            rows={stages.map((stage) => {
              const { count, sums } = sumOfTotals(found.filter((one) => one.group === stage.id));
              return {
                key: stage.id,
                value: first(sums),
                label: (
                  <Link
                    to={listPath(entity.plural)}
                    search={{ v: "table", f: [`stage:in:${stage.id}`, ...filters] } as never}
                  >
                    {stage.title}
                  </Link>
                ),
                cells: [number(count), sumText(sums) || "–"],
              };
            })}
          />
        )}
      </Ready>
    </Block>
  );
}

export function ForecastBlock() {
  const { t } = useTranslation("home");
  const forecast = useForecast([]);
  return (
    <Block
      title={t("forecast.title")}
      all={{ to: "/deals", search: { v: "forecast", who: "all" }, label: t("showAll") }}
    >
      <Ready query={forecast} rows={6}>
        {(stages) => {
          const [currency = "PLN"] = currenciesOf(stages);
          const months = forecastOf(stages, currency, thisMonth());
          if (months.length === 0) return <Nothing>{t("forecast.none")}</Nothing>;
          return (
            <ChartOrTable
              chart={<ForecastChart months={months} currency={currency} />}
              table={<ForecastTable months={months} currency={currency} filters={[]} />}
            />
          );
        }}
      </Ready>
    </Block>
  );
}

interface TeamSums {
  id: string;
  name: string;
  count: number;
  open: Sums;
  weighted: Sums;
  won: Sums;
}

/** Sums by team of each stage, put together team by team. */
function teamsOf(names: Map<string, string>, stages: Stage[], answers: Total[][]): TeamSums[] {
  const found = new Map<string, TeamSums>();
  for (const [i, stage] of stages.entries()) {
    for (const total of answers[i] ?? []) {
      const id = String(total.group);
      const none = { count: 0, open: new Map(), weighted: new Map(), won: new Map() };
      const team = found.get(id) ?? { id, name: names.get(id) ?? "–", ...none };
      found.set(id, team);
      const { count, sums } = sumOfTotals([total]);
      for (const [currency, amount] of sums) add(stage.outcome ? team.won : team.open, currency, amount);
      if (stage.outcome) continue;
      team.count += count;
      for (const [currency, amount] of weighted(sums, stage.probability))
        add(team.weighted, currency, amount);
    }
  }
  return [...found.values()];
}

/** Open deals by team: one request a stage, since each has its own probability, however many teams there are. */
export function Teams() {
  const { t } = useTranslation("home");
  const entity = useEntity("deal");
  const stages = stagesOf(entity).filter((stage) => stage.outcome !== "lost");
  const teams = useQuery(teamsQuery);
  const answers = useQueries({
    queries: stages.map((stage) =>
      totalsQuery(entity.plural, { group: "team", sum: "value", filter: [`stage:in:${stage.id}`] }),
    ),
  });
  const failed = answers.find((answer) => answer.error) ?? (teams.error ? teams : undefined);
  const full = teams.data !== undefined && answers.every((one) => one.data);
  const names = new Map(teams.data?.map((team) => [team.id, team.name]));
  const rows = full
    ? teamsOf(
        names,
        stages,
        answers.map((answer) => answer.data ?? []),
      ).sort((a, b) => first(b.open) - first(a.open) || compare(a.name, b.name))
    : undefined;
  return (
    <Block title={t("teams.title")}>
      <Ready
        rows={4}
        query={{
          data: rows,
          error: failed?.error ?? null,
          isPending: !failed,
          refetch: () => Promise.all([teams, ...answers].map((query) => query.refetch())),
        }}
      >
        {(found) =>
          found.length === 0 ? (
            <Nothing>{t("teams.none")}</Nothing>
          ) : (
            <BarTable
              label={t("teams.title")}
              heads={[
                t("teams.team"),
                t("pipeline.deals"),
                t("pipeline.value"),
                t("teams.weighted"),
                t("teams.won"),
              ]}
              rows={found.map((team) => ({
                key: team.id,
                value: first(team.open),
                label: (
                  <Link
                    to={listPath(entity.plural)}
                    search={{ v: "table", f: [openFilter(entity), `team:in:${team.id}`] } as never}
                  >
                    {team.name}
                  </Link>
                ),
                cells: [
                  number(team.count),
                  sumText(team.open) || "–",
                  sumText(team.weighted) || "–",
                  sumText(team.won) || "–",
                ],
              }))}
            />
          )
        }
      </Ready>
    </Block>
  );
}

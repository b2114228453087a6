import { useQueries, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, teamsQuery, totalsQuery } from "@/api/queries";
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

function sumTeam(team: { id: string; name: string }, stages: Stage[], totals: Total[]): TeamSums {
  const found: TeamSums = { ...team, count: 0, open: new Map(), weighted: new Map(), won: new Map() };
  for (const stage of stages) {
    const { count, sums } = sumOfTotals(totals.filter((one) => one.group === stage.id));
    found.count += count;
    for (const [currency, amount] of sums) add(found.open, currency, amount);
    for (const [currency, amount] of weighted(sums, stage.probability)) add(found.weighted, currency, amount);
  }
  found.won = sumOfTotals(totals.filter((one) => one.group === "won")).sums;
  return found;
}

/** Open deals by team: each team's own total, since the index adds up by one field at a time. */
export function Teams() {
  const { t } = useTranslation("home");
  const entity = useEntity("deal");
  const stages = openStages(entity);
  const colleagues = useQuery(colleaguesQuery);
  const teams = useQuery(teamsQuery);
  const peopled = new Set((colleagues.data ?? []).map((colleague) => colleague.team));
  const list = (teams.data ?? []).filter((team) => peopled.has(team.id));
  const answers = useQueries({
    queries: list.map((team) =>
      totalsQuery(entity.plural, { group: "stage", sum: "value", filter: [`team:in:${team.id}`] }),
    ),
  });
  const failed = answers.find((answer) => answer.error) ?? (teams.error ? teams : undefined);
  const full = teams.data !== undefined && colleagues.data !== undefined && answers.every((one) => one.data);
  const rows = full
    ? list
        .map((team, i) => sumTeam(team, stages, answers[i]?.data ?? []))
        .filter((team) => team.count > 0 || team.won.size > 0)
        .sort((a, b) => first(b.open) - first(a.open) || compare(a.name, b.name))
    : undefined;
  return (
    <Block title={t("teams.title")}>
      <Ready
        rows={4}
        query={{
          data: rows,
          error: failed?.error ?? null,
          isPending: !failed,
          refetch: () => Promise.all(answers.map((answer) => answer.refetch())),
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

import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "@/lib/days";
import { useEntity, useMe } from "@/lib/entities";
import { money, monthOf, number } from "@/lib/format";
import { listPath } from "@/lib/paths";
import { BarsOf } from "@/ui/chart";
import { watchEdges } from "@/ui/edges";
import { Empty, NoAccess, Ready } from "@/ui/States";
import classes from "./Deals.module.css";
import { openFilter } from "./deal";
import {
  currenciesOf,
  forecastOf,
  type Month,
  monthFilters,
  PAST,
  type StageTotals,
  sumOfMonths,
} from "./forecast";
import { useForecast } from "./useForecast";
import { useValued } from "./useValued";
import { Whose } from "./Whose";
import { whoseFilter } from "./whose";

export const thisMonth = () => dayOf(new Date()).slice(0, 7);

/** "December 2026", or what stands for months that are over and for no month. */
function useMonthName() {
  const { t } = useTranslation("deals");
  return (month: string) =>
    month === PAST ? t("forecast.past") : month ? monthOf(month) : t("forecast.noDay");
}

interface Props {
  who: string;
  onWho: (who: string) => void;
}

export function Forecast(props: Props) {
  const { t } = useTranslation("deals");
  return (
    <Ready query={useValued()}>
      {(valued) =>
        valued ? <Sums {...props} /> : <NoAccess missing={{ action: "read", what: t("forecast.values") }} />
      }
    </Ready>
  );
}

function Sums({ who, onWho }: Props) {
  const me = useMe();
  const filters = whoseFilter(who, me);
  const forecast = useForecast(filters);
  return (
    <>
      <div className={classes.bar}>
        <Whose entity="deal" value={who} onChange={onWho} />
      </div>
      <Ready query={forecast}>{(stages) => <Months stages={stages} filters={filters} />}</Ready>
    </>
  );
}

function Months({ stages, filters }: { stages: StageTotals[]; filters: string[] }) {
  const { t } = useTranslation("deals");
  const currencies = currenciesOf(stages);
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = chosen && currencies.includes(chosen) ? chosen : (currencies[0] ?? "PLN");
  const months = forecastOf(stages, currency, thisMonth());
  if (months.length === 0) return <Empty title={t("forecast.none")}>{t("forecast.noneHint")}</Empty>;
  return (
    <>
      {currencies.length > 1 && (
        <SegmentedControl
          aria-label={t("common:currency")}
          size="xs"
          data={currencies}
          value={currency}
          onChange={setChosen}
        />
      )}
      <ForecastChart months={months} currency={currency} />
      <ForecastTable months={months} currency={currency} filters={filters} />
    </>
  );
}

export function ForecastChart({
  months,
  currency,
  height,
}: {
  months: Month[];
  currency: string;
  height?: number;
}) {
  const { t } = useTranslation("deals");
  const amount = (value: number) => money({ currency, amount: String(Math.round(value)) }, true);
  const name = useMonthName();
  const dated = months.filter((m) => m.month !== "");
  const all = sumOfMonths(months);
  return (
    <BarsOf
      label={t("forecast.chart", { whole: amount(all.whole), weighted: amount(all.weighted) })}
      height={height}
      format={amount}
      series={[
        { key: "weighted", label: t("forecast.weighted"), color: "chart-1" },
        { key: "whole", label: t("forecast.whole"), color: "chart-2" },
      ]}
      points={dated.map((m) => ({
        label: name(m.month),
        values: { whole: m.whole, weighted: Math.round(m.weighted) },
      }))}
    />
  );
}

export function ForecastTable({
  months,
  currency,
  filters,
}: {
  months: Month[];
  currency: string;
  filters: string[];
}) {
  const { t } = useTranslation("deals");
  const entity = useEntity("deal");
  const amount = (value: number) => money({ currency, amount: String(Math.round(value)) }, true);
  const all = sumOfMonths(months);
  const name = useMonthName();
  return (
    <div ref={watchEdges} className={classes.scroll}>
      <table className={classes.table} aria-label={t("forecast.table")}>
        <thead>
          <tr>
            <th scope="col">{t("forecast.month")}</th>
            <th scope="col">{t("forecast.deals")}</th>
            <th scope="col">{t("forecast.whole")}</th>
            <th scope="col">{t("forecast.weighted")}</th>
          </tr>
        </thead>
        <tbody>
          {months.map((m) => (
            <tr key={m.month}>
              <th scope="row">
                <Link
                  to={listPath(entity.plural)}
                  search={
                    {
                      v: "table",
                      f: [openFilter(entity), ...monthFilters(m.month, thisMonth()), ...filters],
                    } as never
                  }
                >
                  {name(m.month)}
                </Link>
              </th>
              <td>{number(m.count)}</td>
              <td>{amount(m.whole)}</td>
              <td>{amount(m.weighted)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("forecast.sum")}</th>
            <td>{number(all.count)}</td>
            <td>{amount(all.whole)}</td>
            <td>{amount(all.weighted)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

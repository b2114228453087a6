// Charts with their table twin. The drawing itself is loaded when it is first needed.
import { Button } from "@mantine/core";
import { IconChartBar, IconTable } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Chart.module.css";

const Bars = lazy(() => import("./Bars"));

export interface ChartSeries {
  key: string;
  label: string;
  /** Of the theme's two chart colours. */
  color: "chart-1" | "chart-2";
}

export interface ChartPoint {
  label: string;
  values: Record<string, number>;
}

interface Props {
  /** What the picture says, for those who do not see it. */
  label: string;
  series: ChartSeries[];
  points: ChartPoint[];
  format: (value: number) => string;
  height?: number;
}

export function BarsOf({ label, series, points, format, height = 240 }: Props) {
  return (
    <div role="img" aria-label={label} className={classes.chart} style={{ height }}>
      <Suspense fallback={null}>
        <Bars series={series} points={points} format={format} height={height} />
      </Suspense>
    </div>
  );
}

/** Shows the picture or the table; the same facts in both. */
export function ChartOrTable({ chart, table }: { chart: ReactNode; table: ReactNode }) {
  const { t } = useTranslation("deals");
  const [asTable, setAsTable] = useState(false);
  return (
    <div className={classes.twins}>
      <Button
        size="compact-sm"
        variant="subtle"
        className={classes.toggle}
        leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
        onClick={() => setAsTable(!asTable)}
      >
        {asTable ? t("chart.asChart") : t("chart.asTable")}
      </Button>
      {asTable ? table : chart}
    </div>
  );
}

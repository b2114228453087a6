import "@mantine/charts/styles.layer.css";
import { BarChart } from "@mantine/charts";
import type { ChartPoint, ChartSeries } from "./Chart";

interface Props {
  series: ChartSeries[];
  points: ChartPoint[];
  format: (value: number) => string;
  height: number;
}

const CHARACTER = 7;

/** Room for the longest number on the axis, which may be rounded up from the highest bar. */
function axisWidth(series: ChartSeries[], points: ChartPoint[], format: Props["format"]): number {
  const most = Math.max(0, ...points.flatMap((point) => series.map((s) => point.values[s.key] ?? 0)));
  return format(Math.round(most * 1.5)).length * CHARACTER + 20;
}

export default function Bars({ series, points, format, height }: Props) {
  return (
    <BarChart
      h={height}
      data={points.map((point) => ({ label: point.label, ...point.values }))}
      dataKey="label"
      series={series.map((s) => ({ name: s.key, label: s.label, color: `var(--k-${s.color})` }))}
      valueFormatter={format}
      withLegend={series.length > 1}
      legendProps={{ verticalAlign: "top", height: 32 }}
      gridAxis="x"
      tickLine="none"
      maxBarWidth={36}
      yAxisProps={{ width: axisWidth(series, points, format) }}
      barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
      tooltipAnimationDuration={0}
      barChartProps={{ accessibilityLayer: false, barGap: 2 }}
    />
  );
}

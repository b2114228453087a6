import { BarChart } from "@mantine/charts";
import type { ChartPoint, ChartSeries } from "./Chart";

interface Props {
  series: ChartSeries[];
  points: ChartPoint[];
  format: (value: number) => string;
  height: number;
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
      yAxisProps={{ width: 92 }}
      barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
      tooltipAnimationDuration={0}
      barChartProps={{ accessibilityLayer: false, barGap: 2 }}
    />
  );
}

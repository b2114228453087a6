export { type BarRow, BarTable } from "./BarTable";
export { BarsOf, ChartOrTable, type ChartPoint, type ChartSeries } from "./Chart";

import { Tabs } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { watchEdges } from "./edges";
import classes from "./TabRow.module.css";

interface Props {
  /** The open tab. */
  open: string;
  label?: string;
  children: ReactNode;
}

/** Tabs in one row, which scrolls where it is too narrow: it fades where there is more, the open tab is in sight. */
export function TabRow({ open, label, children }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => watchEdges(list.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is opened
  useEffect(() => {
    const row = list.current;
    const active = row?.querySelector<HTMLElement>("[aria-selected='true']");
    if (row && active) row.scrollLeft = active.offsetLeft - (row.clientWidth - active.clientWidth) / 2;
  }, [open]);
  return (
    <Tabs.List ref={list} className={classes.row} aria-label={label}>
      {children}
    </Tabs.List>
  );
}

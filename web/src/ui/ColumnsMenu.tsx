// Which columns a table shows, and in which order.
import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconColumns3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./ColumnsMenu.module.css";

interface Props {
  /** All columns there can be; the first stays where it is. */
  all: { id: string; label: string }[];
  /** Ids of those that are shown, in order. */
  shown: string[];
  onChange: (shown: string[]) => void;
  onReset: () => void;
}

export function ColumnsMenu({ all, shown, onChange, onReset }: Props) {
  const { t } = useTranslation("list");
  const [fixed, ...rest] = all;
  const order = shown.filter((id) => id !== fixed?.id);
  const on = order.flatMap((id) => rest.find((c) => c.id === id) ?? []);
  const off = rest.filter((c) => !order.includes(c.id));
  const put = (ids: string[]) => onChange(fixed ? [fixed.id, ...ids] : ids);
  const move = (at: number, by: number) => {
    const ids = order.toSpliced(at, 1);
    put(ids.toSpliced(at + by, 0, order[at] ?? ""));
  };
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t("columns.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <ul className={classes.list} aria-label={t("columns.title")}>
          {on.map((column, at) => (
            <li key={column.id} className={classes.item}>
              <label className={classes.label}>
                <input type="checkbox" checked onChange={() => put(order.filter((id) => id !== column.id))} />
                {column.label}
              </label>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                disabled={at === 0}
                aria-label={t("columns.up", { column: column.label })}
                onClick={() => move(at, -1)}
              >
                <IconChevronUp size={14} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={24}
                disabled={at === on.length - 1}
                aria-label={t("columns.down", { column: column.label })}
                onClick={() => move(at, 1)}
              >
                <IconChevronDown size={14} />
              </ActionIcon>
            </li>
          ))}
          {off.map((column) => (
            <li key={column.id} className={classes.item}>
              <label className={classes.label}>
                <input type="checkbox" checked={false} onChange={() => put([...order, column.id])} />
                {column.label}
              </label>
            </li>
          ))}
        </ul>
        <Button fullWidth mt={8} size="compact-sm" variant="subtle" color="gray" onClick={onReset}>
          {t("columns.reset")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

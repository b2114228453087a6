// Which columns a table shows, and in which order.
import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconChevronDown, IconChevronUp, IconColumns3 } from "@tabler/icons-react";
import { type SyntheticEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ColumnsMenu.module.css";

interface Named {
  id: string;
  label: string;
}

interface Props {
  /** All columns there can be; the first stays where it is. */
  all: Named[];
  /** Ids of those that are shown, in order. */
  shown: string[];
  onChange: (shown: string[]) => void;
  onReset: () => void;
}

export function ColumnsMenu(props: Props) {
  const { t } = useTranslation("list");
  return (
    <Popover position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          {t("columns.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <Choice {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Answers at once: the table follows when its settings have come round. */
function Choice({ all, shown, onChange, onReset }: Props) {
  const { t } = useTranslation("list");
  const [fixed, ...rest] = all;
  const [order, setOrder] = useState(shown);
  const theirs = shown.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is a new one each time, its ids are not
  useLayoutEffect(() => setOrder(shown), [theirs]);

  // A row that moves loses the focus on its way, and so does a button that has reached the end.
  const used = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const box = used.current?.matches(":disabled") && used.current.closest("li")?.querySelector("input");
    (box || used.current)?.focus();
    used.current = null;
  });

  const ids = order.filter((id) => id !== fixed?.id);
  const on = ids.flatMap((id) => rest.find((c) => c.id === id) ?? []);
  const change = (event: SyntheticEvent<HTMLElement>, next: string[]) => {
    used.current = event.currentTarget;
    setOrder(next);
    onChange(fixed ? [fixed.id, ...next] : next);
  };
  const move = (event: SyntheticEvent<HTMLElement>, column: Named, by: number) => {
    const others = ids.filter((id) => id !== column.id);
    change(event, others.toSpliced(ids.indexOf(column.id) + by, 0, column.id));
  };
  return (
    <>
      <ul className={classes.list} aria-label={t("columns.title")}>
        {[...on, ...rest.filter((c) => !ids.includes(c.id))].map((column, at) => (
          <li key={column.id} className={classes.item}>
            <label className={classes.label}>
              <input
                type="checkbox"
                checked={at < on.length}
                onChange={(e) =>
                  change(e, at < on.length ? ids.filter((id) => id !== column.id) : [...ids, column.id])
                }
              />
              {column.label}
            </label>
            {at < on.length && (
              <>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  disabled={at === 0}
                  aria-label={t("columns.up", { column: column.label })}
                  onClick={(e) => move(e, column, -1)}
                >
                  <IconChevronUp size={14} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={24}
                  disabled={at === on.length - 1}
                  aria-label={t("columns.down", { column: column.label })}
                  onClick={(e) => move(e, column, 1)}
                >
                  <IconChevronDown size={14} />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ul>
      <Button fullWidth mt={8} size="compact-sm" variant="subtle" color="gray" onClick={onReset}>
        {t("columns.reset")}
      </Button>
    </>
  );
}

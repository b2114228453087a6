// What is at hand in the header: a button with a count, and what it counts in a popover, with the way to all of it.
import { ActionIcon, Button, Indicator, Popover } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Link, useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { Failed, Loading } from "./States";
import classes from "./Tray.module.css";

const MOST = 99;

interface Props<T> {
  title: string;
  /** The button's name, which says the count too. */
  name: string;
  icon: ReactNode;
  count: number;
  /** Where all is, and how that is called. */
  all: { to: string; label: string };
  onOpen?: () => void;
  query: UseQueryResult<T[]>;
  /** The entries shown. */
  entries: (data: T[]) => ReactNode[];
  none: string;
  /** Told when it changes. */
  said: string;
}

export function Tray<T>({ title, name, icon, count, all, onOpen, query, entries, none, said }: Props<T>) {
  const [opened, setOpened] = useState(false);
  const router = useRouter();
  // Where a link of an entry leads, the tray would lie over what one came for.
  useEffect(() => router.subscribe("onBeforeNavigate", () => setOpened(false)), [router]);
  const open = (next: boolean) => {
    // A click in a question that an entry asks is no click beside the tray.
    if (!next && document.querySelector("[aria-modal='true']")) return;
    setOpened(next);
    if (next) onOpen?.();
  };
  const shown = query.data && entries(query.data);
  return (
    <>
      <Popover
        opened={opened}
        onChange={open}
        position="bottom-end"
        width="min(400px, calc(100vw - 16px))"
        trapFocus
        returnFocus
      >
        <Indicator
          disabled={count === 0}
          label={count > MOST ? `${MOST}+` : count}
          size={16}
          offset={6}
          color="brand"
        >
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={name}
              title={name}
              onClick={() => open(!opened)}
            >
              {icon}
            </ActionIcon>
          </Popover.Target>
        </Indicator>
        <Popover.Dropdown p={0} aria-label={title}>
          <div className={classes.top}>
            <h2>{title}</h2>
            <Button component={Link} to={all.to} variant="subtle" size="compact-sm" data-autofocus>
              {all.label}
            </Button>
          </div>
          <div className={classes.list}>
            {query.isPending && <Loading rows={2} />}
            {query.isError && !query.data && (
              <Failed error={query.error} retry={() => void query.refetch()} />
            )}
            {shown?.length === 0 ? <p className={classes.none}>{none}</p> : shown}
          </div>
        </Popover.Dropdown>
      </Popover>
      <div className="visually-hidden" role="status">
        {said}
      </div>
    </>
  );
}

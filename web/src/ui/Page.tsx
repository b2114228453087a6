import { Group, Title } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { isOverlayOpen } from "@/lib/overlay";
import classes from "./Page.module.css";

interface Props {
  title: ReactNode;
  /** Title of the browser's tab: never a person's name or another value of a record. */
  tab: string;
  actions?: ReactNode;
  /** Under the title. */
  lead?: ReactNode;
  /** Uses the whole width and height, as boards and tables do. */
  full?: boolean;
  children: ReactNode;
}

/**
 * Every page: one h1, which gets the focus on arrival so that a screen reader says where one is. Whoever opened the
 * palette meanwhile goes on typing there.
 */
export function Page({ title, tab, actions, lead, full, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${tab} · Klucznik`;
  }, [tab]);
  useEffect(() => {
    if (!isOverlayOpen()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={full ? classes.full : classes.page}>
      <div className={classes.head}>
        <div className={classes.titles}>
          <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {lead}
        </div>
        {actions && (
          <Group gap="sm" className={classes.actions}>
            {actions}
          </Group>
        )}
      </div>
      {children}
    </div>
  );
}

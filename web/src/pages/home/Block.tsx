import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import classes from "./Home.module.css";

interface Props {
  title: string;
  /** Beside the title: how many, how much. */
  fact?: ReactNode;
  /** Where all of it is. */
  all?: { to: string; search?: object; label: string };
  children: ReactNode;
}

export function Block({ title, fact, all, children }: Props) {
  const id = useId();
  return (
    <section className={classes.block} aria-labelledby={id}>
      <div className={classes.blockHead}>
        <h2 id={id} className={classes.blockTitle}>
          {title}
        </h2>
        {fact && <span className={classes.fact}>{fact}</span>}
        {all && (
          <Link to={all.to} search={all.search as never} className={classes.all}>
            {all.label}
          </Link>
        )}
      </div>
      {children}
    </section>
  );
}

/** A block without anything says so in one line: the page is for what there is. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <p className={classes.nothing}>{children}</p>
);

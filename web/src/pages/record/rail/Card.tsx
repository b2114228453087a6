import type { ReactNode } from "react";
import classes from "./Rail.module.css";

export function Card({ title, icon, children }: { title: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2>
        {icon}
        {title}
      </h2>
      {children}
    </section>
  );
}

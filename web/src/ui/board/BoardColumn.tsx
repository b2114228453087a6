import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import classes from "./Board.module.css";

interface Props {
  id: string;
  title: string;
  /** Beside the title: counts and sums. */
  head: ReactNode;
  items: string[];
  card: (item: string) => ReactNode;
  empty: string;
}

/** Above this only the cards in view are in the document. */
const VIRTUAL = 40;
const CARD = 120;

export function BoardColumn({ id, title, head, items, card, empty }: Props) {
  const { setNodeRef, isOver } = useDroppable({ id });
  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      aria-label={title}
      tabIndex={-1}
      data-column={id}
    >
      <header className={classes.columnHead}>
        <h2 className={classes.columnTitle}>{title}</h2>
        {head}
      </header>
      {items.length === 0 && <p className={classes.none}>{empty}</p>}
      {items.length > VIRTUAL ? (
        <Windowed items={items} card={card} />
      ) : (
        <ul className={classes.cards}>
          {items.map((item) => (
            <li key={item}>{card(item)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Windowed({ items, card }: { items: string[]; card: (item: string) => ReactNode }) {
  const scroller = useRef<HTMLUListElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    getItemKey: (index) => items[index] ?? index,
    overscan: 6,
  });
  const seen = rows.getVirtualItems();
  return (
    <ul ref={scroller} className={classes.cards}>
      <li aria-hidden className={classes.space} style={{ height: seen[0]?.start ?? 0 }} />
      {seen.map((row) => (
        <li
          key={row.key}
          data-index={row.index}
          ref={rows.measureElement}
          aria-setsize={items.length}
          aria-posinset={row.index + 1}
        >
          {card(items[row.index] ?? "")}
        </li>
      ))}
      <li
        aria-hidden
        className={classes.space}
        style={{ height: Math.max(0, rows.getTotalSize() - (seen.at(-1)?.end ?? 0)) }}
      />
    </ul>
  );
}

/** A column without cards that can still be dropped on: what is closed. */
export function BoardGoal({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({ id });
  return (
    <section
      ref={setNodeRef}
      className={classes.goal}
      data-over={isOver || undefined}
      data-column={id}
      tabIndex={-1}
      aria-label={title}
    >
      <h2 className={classes.columnTitle}>{title}</h2>
      {children}
    </section>
  );
}

// A board: columns of cards that can be moved to another column by mouse, touch, keyboard and menu alike.
// All four ways end in `onMove`. The library behind it is known to this folder only.
import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MeasuringStrategy,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useReducedMotion } from "@mantine/hooks";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "@/lib/keys";
import { watchEdges } from "../edges";
import classes from "./Board.module.css";
import { BoardContext, type BoardControls } from "./context";

export interface BoardTarget {
  id: string;
  title: string;
}

interface Props {
  /** Where cards can be moved to, in the order of the arrow keys. */
  targets: BoardTarget[];
  titleOf: (item: string) => string;
  /** The column that a card is in now. */
  columnOf: (item: string) => string | undefined;
  /** Cards that cannot be moved have neither handle nor menu. */
  canMove: boolean;
  onMove: (item: string, target: string) => void;
  /** The card under the pointer while it is carried. */
  carried: (item: string) => ReactNode;
  children: ReactNode;
}

/** By pointer: the column under it. By keyboard: the column whose edge the carried card was put to. */
const collisions: CollisionDetection = (args) => {
  if (args.pointerCoordinates) return pointerWithin(args);
  let best: { id: string; far: number } | undefined;
  for (const container of args.droppableContainers) {
    const rect = args.droppableRects.get(container.id);
    if (!rect) continue;
    const far = Math.abs(rect.left - args.collisionRect.left) + Math.abs(rect.top - args.collisionRect.top);
    if (!best || far < best.far) best = { id: String(container.id), far };
  }
  return best ? [{ id: best.id }] : [];
};

const STEP: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrow keys carry from column to column, whatever lies between. */
function coordinates(targets: BoardTarget[], start: () => string | undefined): KeyboardCoordinateGetter {
  return (event, { context }) => {
    const step = STEP[event.code];
    if (step === undefined) return undefined;
    event.preventDefault();
    const now = context.over ? String(context.over.id) : start();
    const at = targets.findIndex((t) => t.id === now);
    const next = targets[Math.min(targets.length - 1, Math.max(0, at + step))];
    const node = next && context.droppableContainers.get(next.id)?.node.current;
    if (!node) return undefined;
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
    const rect = node.getBoundingClientRect();
    return { x: rect.left, y: rect.top };
  };
}

/** What is said while a card is carried. Once it is dropped elsewhere, it is for `onMove` to say what came of it. */
export function useSaying(
  targets: BoardTarget[],
  titleOf: Props["titleOf"],
  columnOf: Props["columnOf"],
): Announcements {
  const { t } = useTranslation("deals");
  const column = (id: unknown) => targets.find((x) => x.id === id)?.title ?? "";
  return {
    onDragStart: ({ active }) => t("drag.lifted", { title: titleOf(String(active.id)) }),
    onDragOver: ({ active, over }) =>
      over ? t("drag.over", { title: titleOf(String(active.id)), column: column(over.id) }) : undefined,
    onDragEnd: ({ active, over }) =>
      over && over.id !== columnOf(String(active.id))
        ? undefined
        : t("drag.cancelled", { title: titleOf(String(active.id)) }),
    onDragCancel: ({ active }) => t("drag.cancelled", { title: titleOf(String(active.id)) }),
  };
}

/** The card that has the focus, or else the one under the pointer. */
function cardAtHand(root: HTMLElement | null): string | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-card]");
  const found = focused ?? root?.querySelector<HTMLElement>("[data-card]:hover");
  return found?.dataset.card;
}

/** A card that went elsewhere is made anew there: the focus goes with it, unless a dialog has taken it. */
function follow(root: HTMLElement | null, item: string, target: string): void {
  setTimeout(() => {
    if (document.activeElement !== document.body && !root?.contains(document.activeElement)) return;
    const column = root?.querySelector<HTMLElement>(`[data-column="${CSS.escape(target)}"]`);
    const card = column?.querySelector<HTMLElement>(`[data-card="${CSS.escape(item)}"] button`);
    (card ?? column)?.focus({ preventScroll: !card });
  }, 120);
}

export function Board({ targets, titleOf, columnOf, canMove, onMove, carried, children }: Props) {
  const { t } = useTranslation("deals");
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => watchEdges(root.current), []);
  const [active, setActive] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const still = useReducedMotion();
  const lifted = useRef<string | undefined>(undefined);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter", "Tab"] },
      coordinateGetter: coordinates(targets, () => lifted.current && columnOf(lifted.current)),
    }),
  );
  const saying = useSaying(targets, titleOf, columnOf);
  const move = (item: string, target: string) => {
    if (columnOf(item) === target) return;
    onMove(item, target);
    follow(root.current, item, target);
  };
  const latest = useRef(move);
  latest.current = move;
  useShortcuts([
    {
      keys: "m",
      label: canMove ? t("keys.move") : "",
      run: () => {
        const item = canMove && cardAtHand(root.current);
        if (item) setMenu(item);
      },
    },
  ]);
  const controls = useMemo<BoardControls>(
    () => ({
      canMove,
      targets,
      menu,
      openMenu: setMenu,
      closeMenu: () => setMenu(null),
      move: (item, target) => latest.current(item, target),
    }),
    [canMove, targets, menu],
  );
  const end = ({ active: card, over }: DragEndEvent) => {
    setActive(null);
    if (over) move(String(card.id), String(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      measuring={{ droppable: { strategy: MeasuringStrategy.WhileDragging } }}
      accessibility={{
        announcements: saying,
        screenReaderInstructions: { draggable: t("drag.how") },
        restoreFocus: true,
      }}
      onDragStart={({ active: card }) => {
        lifted.current = String(card.id);
        setActive(String(card.id));
      }}
      onDragEnd={end}
      onDragCancel={() => setActive(null)}
    >
      <BoardContext value={controls}>
        <div ref={root} className={classes.board}>
          {children}
        </div>
      </BoardContext>
      <DragOverlay dropAnimation={null} zIndex={300}>
        {active && <div className={still ? classes.carried : classes.carriedTilt}>{carried(active)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

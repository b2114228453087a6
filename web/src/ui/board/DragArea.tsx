// Carrying things between places that are no columns of cards, such as the days of a calendar. Whoever uses it
// offers a dialog or menu that does the same.
import {
  DndContext,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type ReactNode, useState } from "react";
import classes from "./Board.module.css";

interface Props {
  onDrop: (item: string, place: string) => void;
  carried: (item: string) => ReactNode;
  children: ReactNode;
}

const nothing = () => undefined;
/** Only pointers carry here; what was done is said by whoever does it. */
const QUIET = {
  announcements: { onDragStart: nothing, onDragOver: nothing, onDragEnd: nothing, onDragCancel: nothing },
  screenReaderInstructions: { draggable: "" },
};

export function DragArea({ onDrop, carried, children }: Props) {
  const [active, setActive] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={QUIET}
      onDragStart={(event) => setActive(String(event.active.id))}
      onDragCancel={() => setActive(null)}
      onDragEnd={({ active: item, over }) => {
        setActive(null);
        if (over) onDrop(String(item.id), String(over.id));
      }}
    >
      {children}
      <DragOverlay dropAnimation={null} zIndex={300}>
        {active && <div className={classes.carried}>{carried(active)}</div>}
      </DragOverlay>
    </DndContext>
  );
}

/** Props of what can be carried. */
export function useCarried(id: string, disabled: boolean) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id, disabled });
  return {
    ref: setNodeRef,
    onMouseDown: listeners?.onMouseDown as React.MouseEventHandler | undefined,
    onTouchStart: listeners?.onTouchStart as React.TouchEventHandler | undefined,
    "data-carried": isDragging || undefined,
  };
}

/** Props of where it can be dropped. */
export function usePlace(id: string) {
  const { setNodeRef, isOver } = useDroppable({ id });
  return { ref: setNodeRef, "data-over": isOver || undefined };
}

import { useDraggable } from "@dnd-kit/core";
import { Menu } from "@mantine/core";
import { IconDots, IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEventHandler, memo, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Board.module.css";
import { useBoard } from "./context";

interface Props {
  id: string;
  title: string;
  /** Where the card is now: left out of its menu. */
  column: string;
  children: ReactNode;
}

/** A card: carried by any part of it, lifted by its handle with Space, moved by its menu. */
export function BoardCard({ id, title, column, children }: Props) {
  const { canMove, menu } = useBoard();
  const { setNodeRef, setActivatorNodeRef, listeners, attributes, isDragging } = useDraggable({
    id,
    disabled: !canMove,
  });
  return (
    <article
      ref={setNodeRef}
      data-card={id}
      className={classes.card}
      data-carried={isDragging || undefined}
      onMouseDown={listeners?.onMouseDown as never}
      onTouchStart={listeners?.onTouchStart as never}
    >
      <div className={classes.cardBody}>{children}</div>
      {canMove && (
        <div className={classes.cardTools}>
          <Tools
            id={id}
            title={title}
            open={menu === id}
            handle={setActivatorNodeRef}
            describedBy={attributes["aria-describedby"]}
            onLift={listeners?.onKeyDown as never}
          />
          {menu === id && <MoveMenu column={column} id={id} />}
        </div>
      )}
    </article>
  );
}

interface ToolsProps {
  id: string;
  title: string;
  open: boolean;
  handle: (node: HTMLElement | null) => void;
  describedBy: string;
  onLift: KeyboardEventHandler;
}

const GRIP = <IconGripVertical size={14} aria-hidden />;
const DOTS = <IconDots size={14} aria-hidden />;

/** Kept as it is while cards are carried about: there are hundreds of them. */
const Tools = memo(function Tools({ id, title, open, handle, describedBy, onLift }: ToolsProps) {
  const { t } = useTranslation("deals");
  const { openMenu } = useBoard();
  return (
    <>
      <button
        type="button"
        ref={handle}
        className={classes.tool}
        aria-label={t("drag.handle", { title })}
        aria-describedby={describedBy}
        onKeyDown={onLift}
      >
        {GRIP}
      </button>
      <button
        type="button"
        className={classes.tool}
        data-move={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={t("move.of", { title })}
        title={t("move.to")}
        onMouseDown={(event) => event.stopPropagation()}
        onClick={() => openMenu(id)}
      >
        {DOTS}
      </button>
    </>
  );
});

/** Made only while it is open: a menu for each of hundreds of cards would be slow. */
function MoveMenu({ id, column }: { id: string; column: string }) {
  const { t } = useTranslation("deals");
  const { targets, closeMenu, move } = useBoard();
  const anchor = useRef<HTMLSpanElement>(null);
  const close = () => {
    closeMenu();
    document.querySelector<HTMLElement>(`[data-move="${id}"]`)?.focus();
  };
  return (
    <Menu opened onClose={close} position="bottom-end" returnFocus={false} trapFocus>
      <Menu.Target>
        <span ref={anchor} className={classes.anchor} aria-hidden />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={t("move.to")}
        onMouseDown={(event) => event.stopPropagation()}
        onTouchStart={(event) => event.stopPropagation()}
      >
        <Menu.Label>{t("move.to")}</Menu.Label>
        {targets
          .filter((target) => target.id !== column)
          .map((target) => (
            <Menu.Item
              key={target.id}
              onClick={() => {
                close();
                move(id, target.id);
              }}
            >
              {target.title}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

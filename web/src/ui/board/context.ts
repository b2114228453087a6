import { createContext, useContext } from "react";
import type { BoardTarget } from "./Board";

export interface BoardControls {
  canMove: boolean;
  targets: BoardTarget[];
  /** The card whose "Move to…" menu is open. */
  menu: string | null;
  openMenu: (item: string) => void;
  closeMenu: () => void;
  move: (item: string, target: string) => void;
}

export const BoardContext = createContext<BoardControls | null>(null);

export function useBoard(): BoardControls {
  const board = useContext(BoardContext);
  if (!board) throw new Error("outside of a board");
  return board;
}

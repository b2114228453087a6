export { Board, type BoardTarget } from "./Board";
export { BoardCard } from "./BoardCard";
export { BoardColumn, BoardGoal } from "./BoardColumn";
export { DragArea, useCarried, usePlace } from "./DragArea";

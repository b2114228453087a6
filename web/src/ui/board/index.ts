export { Board, type BoardTarget } from "./Board";
export { BoardCard } from "./BoardCard";
export { BoardColumn, BoardGoal } from "./BoardColumn";

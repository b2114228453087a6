import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useSaying } from "./Board";

it("says of a dropped card only that it stays, not that it was moved", () => {
  const targets = [
    { id: "new", title: "New" },
    { id: "lost", title: "Lost" },
  ];
  const { result } = renderHook(() =>
    useSaying(
      targets,
      (id) => id,
      () => "new",
    ),
  );
  const drop = (over: string | null) =>
    result.current.onDragEnd({ active: { id: "a" }, over: over && { id: over } } as never);
  expect(drop("lost")).toBeUndefined();
  expect(drop("new")).toBe("drag.cancelled");
  expect(drop(null)).toBe("drag.cancelled");
});

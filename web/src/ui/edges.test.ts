import { expect, it, vi } from "vitest";
import { watchEdges } from "./edges";

function box(scrollWidth: number, stays = false) {
  const made = document.createElement("div");
  const child = made.appendChild(document.createElement("table"));
  if (stays) child.dataset.stays = "";
  Object.defineProperty(made, "clientWidth", { value: 100 });
  Object.defineProperty(made, "scrollWidth", { value: scrollWidth });
  return made;
}

function watched(scrollWidth: number, stays = false) {
  let resized = () => {};
  const disconnect = vi.fn();
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(look: () => void) {
        resized = look;
      }
      observe() {
        resized();
      }
      disconnect = disconnect;
    },
  );
  const made = box(scrollWidth, stays);
  const stop = watchEdges(made);
  const to = (left: number) => {
    made.scrollLeft = left;
    made.dispatchEvent(new Event("scroll"));
    return made.dataset.edges;
  };
  return { made, to, stop, disconnect };
}

it("a box says on which sides there is more of it", () => {
  const { made, to } = watched(300);
  expect(made.dataset.edges).toBe("end");
  expect([to(50), to(200), to(0)]).toEqual(["both", "start", "end"]);
  expect(watched(100).made.dataset.edges).toBe("");
});

it("what stays in place at the start does not fade", () => {
  const { to } = watched(300, true);
  expect([to(50), to(200)]).toEqual(["end", ""]);
});

it("is left alone once it is gone", () => {
  const { made, to, stop, disconnect } = watched(300);
  stop();
  expect(disconnect).toHaveBeenCalled();
  expect(to(50)).toBe("end");
  expect(made.dataset.edges).toBe("end");
});

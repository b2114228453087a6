import { act, renderHook } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { choosesPage, NONE, type Selection, useSelect } from "./DataTableSelection";

const rows = ["a", "b", "c", "d", "e"].map((id) => ({ id }));

function start(first: Selection = NONE) {
  const { result, rerender } = renderHook(
    ({ shown, list }) => {
      const [selection, onSelect] = useState(first);
      return { selection, onSelect, ...useSelect(shown, selection, onSelect, list) };
    },
    { initialProps: { shown: rows, list: "" } },
  );
  const tick = (index: number, range = false) => act(() => result.current.tick(index, range));
  return {
    tick,
    chosen: () => [...result.current.selection.ids].sort().join(""),
    now: () => result.current.selection,
    clear: () => act(() => result.current.onSelect(NONE)),
    show: (ids: string, list = "") => rerender({ shown: [...ids].map((id) => ({ id })), list }),
  };
}

describe("a selection", () => {
  it("ticks and unticks one row", () => {
    const { tick, chosen } = start();
    tick(1);
    tick(3);
    expect(chosen()).toBe("bd");
    tick(1);
    expect(chosen()).toBe("d");
  });

  it("ticks a range both ways from the row ticked last", () => {
    const { tick, chosen } = start();
    tick(3);
    tick(1, true);
    expect(chosen()).toBe("bcd");
    tick(4, true);
    expect(chosen()).toBe("bcde");
  });

  it("unticks a range as its end is unticked", () => {
    const { tick, chosen } = start({ all: false, ids: new Set("abcde") });
    tick(1);
    tick(3, true);
    expect(chosen()).toBe("ae");
  });

  it("ticks no range from a row that was ticked in another list", () => {
    const { tick, chosen, clear, show } = start();
    tick(1);
    clear();
    show("edcba", "sorted the other way");
    tick(4, true);
    expect(chosen()).toBe("a");
  });

  it("ticks a range from the row itself, wherever it has moved", () => {
    const { tick, chosen, show } = start();
    tick(0);
    show("xyabcde");
    tick(3, true);
    expect(chosen()).toBe("ab");
  });

  it("of a whole page stays so while more rows come in", () => {
    const page = { all: false, ids: new Set(Array.from({ length: 50 }, (_, at) => `${at}`)) };
    expect(choosesPage(page, 50)).toBe(true);
    expect(choosesPage(page, 250)).toBe(true);
    expect(choosesPage({ all: true, ids: page.ids }, 50)).toBe(false);
    expect(choosesPage({ all: false, ids: new Set("ab") }, 2)).toBe(true);
    expect(choosesPage({ all: false, ids: new Set("ab") }, 3)).toBe(false);
    expect(choosesPage(NONE, 0)).toBe(false);
  });

  it("is no longer all once one is taken out", () => {
    const { tick, chosen, now } = start({ all: true, ids: new Set() });
    tick(0);
    expect(now().all).toBe(false);
    expect(chosen()).toBe("bcde");
  });
});

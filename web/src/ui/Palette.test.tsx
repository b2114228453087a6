import { act, renderHook } from "@testing-library/react";
import type { KeyboardEvent } from "react";
import { expect, it, vi } from "vitest";
import { useKeys } from "./Palette";
import type { Option } from "./PaletteCommands";

const enter = { key: "Enter", nativeEvent: {}, preventDefault() {} } as unknown as KeyboardEvent;
const option = (id: string) => ({ id, run: vi.fn() }) as unknown as Option;

/** Enter while the answer to what is typed is under way, then what is typed and comes next. */
function pressed(typed: string, options: Option[]) {
  const wish = (text: string, all: Option[], settled: boolean) => ({
    typed: text,
    options: all,
    active: all[0],
    settled,
    at: 0,
    setAt() {},
  });
  const { result, rerender } = renderHook(useKeys, { initialProps: wish("wyl", [], false) });
  act(() => result.current(enter));
  rerender(wish(typed, [], false));
  rerender(wish(typed, options, true));
  rerender(wish("wyl", options, true));
}

it("opens the first record found when Enter came before the answer", () => {
  const record = option("record 1");
  pressed("wyl", [record, option("out")]);
  expect(record.run).toHaveBeenCalledOnce();
});

it("runs no command for want of records", () => {
  const command = option("out");
  pressed("wyl", [command]);
  expect(command.run).not.toHaveBeenCalled();
});

it("forgets Enter once one types on", () => {
  const record = option("record 1");
  pressed("wyla", [record]);
  expect(record.run).not.toHaveBeenCalled();
});

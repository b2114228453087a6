import { render } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { setShortcutsEnabled, useShortcuts } from "./keys";

const run = vi.fn();

function Keys() {
  useShortcuts([
    { keys: "n", label: "new", run: () => run("n") },
    { keys: "g h", label: "home", run: () => run("g h") },
    { keys: "mod+k", label: "palette", run: () => run("mod+k"), inFields: true },
    { keys: "?", label: "help", run: () => run("?") },
  ]);
  return <input aria-label="field" />;
}

const press = (target: EventTarget, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

describe("shortcuts", () => {
  beforeEach(() => {
    run.mockReset();
    setShortcutsEnabled(true);
  });

  it("fire outside fields, alone and in sequence", () => {
    render(<Keys />);
    press(document.body, "n");
    press(document.body, "g");
    press(document.body, "h");
    press(document.body, "?", { shiftKey: true });
    expect(run.mock.calls.flat()).toEqual(["n", "g h", "?"]);
  });

  it("leave fields alone, but for combinations", () => {
    const { getByLabelText } = render(<Keys />);
    press(getByLabelText("field"), "n");
    expect(run).not.toHaveBeenCalled();
    press(getByLabelText("field"), "k", { ctrlKey: true });
    expect(run).toHaveBeenCalledWith("mod+k");
  });

  it("can be switched off, and combinations stay", () => {
    render(<Keys />);
    setShortcutsEnabled(false);
    press(document.body, "n");
    expect(run).not.toHaveBeenCalled();
    press(document.body, "k", { metaKey: true });
    expect(run).toHaveBeenCalledWith("mod+k");
  });

  it("with Ctrl work after the first key of a sequence too", () => {
    render(<Keys />);
    press(document.body, "g");
    press(document.body, "k", { ctrlKey: true });
    expect(run).toHaveBeenCalledWith("mod+k");
  });

  it("are gone with their page", () => {
    render(<Keys />).unmount();
    press(document.body, "n");
    expect(run).not.toHaveBeenCalled();
  });
});

import { act, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { usePart } from "./later";

it("draws a part that comes only after the line broke", async () => {
  vi.useFakeTimers();
  const load = vi
    .fn<() => Promise<{ default: () => string }>>()
    .mockRejectedValueOnce(new TypeError("no line"))
    .mockResolvedValue({ default: () => "here" });
  function Page() {
    const Part = usePart(load);
    return <main>{Part ? <Part /> : "page"}</main>;
  }
  render(<Page />);
  await act(() => vi.advanceTimersByTimeAsync(3000));
  expect(load).toHaveBeenCalledTimes(1);
  expect(screen.getByText("page")).toBeTruthy();
  await act(() => vi.advanceTimersByTimeAsync(2000));
  expect(screen.getByText("here")).toBeTruthy();
  vi.useRealTimers();
});

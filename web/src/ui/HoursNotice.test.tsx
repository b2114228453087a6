import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startWords, switchLanguage } from "@/i18n";
import { HoursNotice } from "./HoursNotice";

const END = "2026-11-27T15:00:00.000Z";
const ends = { at: END, again: "2026-11-30T07:00:00.000Z", zone: "Europe/Warsaw" };
let me = { work_ends: ends as typeof ends | undefined };
vi.mock("@/lib/entities", () => ({ useMe: () => me }));

const Wrapped = () => (
  <MantineProvider>
    <HoursNotice />
  </MantineProvider>
);

beforeEach(async () => {
  await startWords();
  await switchLanguage("en");
  vi.useFakeTimers({ shouldAdvanceTime: true });
  me = { work_ends: ends };
});
afterEach(() => {
  vi.useRealTimers();
});

const at = (text: string) => vi.setSystemTime(new Date(text));
const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));

it("is said ten minutes before the end, by the clocks of the hours, until it is read", async () => {
  at("2026-11-27T14:49:58.000Z");
  render(<Wrapped />);
  const status = screen.getByRole("status");
  expect(status.textContent).toBe("");
  pass(3000);
  expect(status.textContent).toContain("end at 16:00. ");
  expect(status.textContent).toMatch(/Monday,? 30 November, 8:00/);
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await user.click(screen.getByRole("button"));
  pass(60_000);
  expect(status.textContent).toBe("");
});

it("says nothing once it is over, nor where hours have no end", () => {
  at("2026-11-27T15:00:01.000Z");
  const { unmount } = render(<Wrapped />);
  pass(2000);
  expect(screen.getByRole("status").textContent).toBe("");
  unmount();
  me = { work_ends: undefined };
  at("2026-11-27T14:55:00.000Z");
  render(<Wrapped />);
  pass(2000);
  expect(screen.getByRole("status").textContent).toBe("");
});

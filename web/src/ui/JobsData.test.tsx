import { renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Job } from "@/api/types";
import { useEnded } from "./JobsData";

const job = (id: string, state: Job["state"]) => ({ id, state }) as Job;

it("tells each job's end once, and of none that was over before", () => {
  const tell = vi.fn();
  const { rerender } = renderHook((jobs: Job[] | undefined) => useEnded(jobs, tell), {
    initialProps: undefined as Job[] | undefined,
  });
  rerender([job("old", "done"), job("a", "running")]);
  rerender([job("old", "done"), job("a", "running")]);
  expect(tell).not.toHaveBeenCalled();
  // One that went, and one so short that nobody saw it going.
  rerender([job("b", "failed"), job("old", "done"), job("a", "done")]);
  rerender(undefined);
  rerender([job("b", "failed"), job("old", "done"), job("a", "done")]);
  expect(tell.mock.calls.map(([ended]) => ended.map((one: Job) => one.id))).toEqual([["b", "a"]]);
});

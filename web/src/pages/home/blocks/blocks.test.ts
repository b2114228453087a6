import { expect, it } from "vitest";
import type { Job, LedgerEvent } from "@/api/types";
import { troubled } from "./Awaiting";
import { saysWhy } from "./Ledger";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const job = (state: Job["state"], finished_at: string, refused = 0) =>
  ({ state, finished_at, created_at: finished_at, result: { refused } }) as unknown as Job;

it("jobs that went wrong wait for a day, and no longer", () => {
  expect(troubled(job("failed", "2026-11-26T09:00:00Z"), NOW)).toBe(true);
  expect(troubled(job("failed", "2026-11-25T09:00:00Z"), NOW)).toBe(false);
  expect(troubled(job("done", "2026-11-26T09:00:00Z", 2), NOW)).toBe(true);
  expect(troubled(job("done", "2026-11-26T09:00:00Z"), NOW)).toBe(false);
});

it("one erasure is one row: the event that says why", () => {
  const events = [
    { detail: undefined, who: "system" },
    { detail: { reason: "Art. 17", removed: 3 }, who: "user" },
    { record: "a", who: "user" },
  ] as unknown as LedgerEvent[];
  expect(events.filter(saysWhy)).toEqual([events[1]]);
});

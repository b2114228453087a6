import { expect, it } from "vitest";
import { inTurn, isWaiting } from "./inTurn";

const row = { id: "a", version: 3 };
const later = <T>(value: T) => new Promise<T>((resolve) => setTimeout(() => resolve(value), 5));

it("sends a second change upon the version that the first one left", async () => {
  const sent: number[] = [];
  const send = (version: number) => {
    sent.push(version);
    return later({ version: version + 1 });
  };
  const first = inTurn("deals", row, send);
  const second = inTurn("deals", row, send);
  const other = inTurn("deals", { id: "b", version: 7 }, send);
  await first;
  expect(isWaiting("deals", "a")).toBe(true);
  await Promise.all([second, other]);
  expect(sent).toEqual([3, 7, 4]);
  expect(isWaiting("deals", "a")).toBe(false);
});

it("goes on after a change that failed, upon the version before it", async () => {
  const failing = inTurn("deals", row, async () => {
    throw new Error("no");
  });
  const next = inTurn("deals", row, async (version) => ({ version: version + 1 }));
  await expect(failing).rejects.toThrow("no");
  expect(await next).toEqual({ version: 4 });
});

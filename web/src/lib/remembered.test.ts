import { afterEach, expect, it, vi } from "vitest";
import { forgetRemembered, recall, remember } from "./remembered";

const KEY = "klucznik-remembered";

afterEach(() => {
  forgetRemembered();
  sessionStorage.clear();
});

it("keeps nothing in the browser while the page is there, and says nothing by its numbers", () => {
  const number = remember({ q: "Kowalska", by: "a" });
  expect(recall(number)).toEqual({ q: "Kowalska", by: "a" });
  expect(number).not.toMatch(/kowalska/i);
  expect(remember({ q: "Kowalska", by: "a" })).toBe(number);
  expect(sessionStorage.length + localStorage.length).toBe(0);
  forgetRemembered();
  expect(recall(number)).toBeUndefined();
  expect(recall(undefined)).toBeUndefined();
});

it("hands on to the page that is loaded next, which takes all of it out", async () => {
  const number = remember({ q: "Kowalska" });
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage.getItem(KEY)).toContain("Kowalska");
  vi.resetModules();
  const next = await import("./remembered");
  expect(sessionStorage.getItem(KEY)).toBeNull();
  expect(next.recall(number)).toEqual({ q: "Kowalska" });
  next.forgetRemembered();
});

it("takes it out too where the browser shows the same page again", () => {
  remember({ q: "Kowalska" });
  window.dispatchEvent(new Event("pagehide"));
  window.dispatchEvent(new Event("pageshow"));
  expect(sessionStorage.getItem(KEY)).toBeNull();
});

it("has nothing to hand on once it was forgotten", () => {
  remember({ q: "Kowalska" });
  forgetRemembered();
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage.length).toBe(0);
});

it("forgets what was said longest ago", () => {
  const first = remember({ q: "first" });
  const second = remember({ q: "second" });
  for (let n = 0; n < 98; n++) remember({ q: `${n}` });
  expect(remember({ q: "first" })).toBe(first);
  remember({ q: "one more" });
  expect([recall(first), recall(second)]).toEqual([{ q: "first" }, undefined]);
});

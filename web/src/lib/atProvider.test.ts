import { afterEach, expect, it, vi } from "vitest";
import { awaitConfirmed, isAwaited, openAt, sayConfirmed } from "./atProvider";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("says to a window whether a page waits for it, and hears of it once that is done", async () => {
  expect(await isAwaited()).toBe(false);
  const confirmed = vi.fn();
  const off = awaitConfirmed(confirmed);
  expect(await isAwaited()).toBe(true);
  expect(confirmed).not.toHaveBeenCalled();
  sayConfirmed();
  await vi.waitFor(() => expect(confirmed).toHaveBeenCalledOnce());
  off();
  expect(await isAwaited()).toBe(false);
});

it("asks the server for nothing where the browser opens no window", async () => {
  vi.spyOn(window, "open").mockReturnValue(null);
  const fetch = vi.fn();
  vi.stubGlobal("fetch", fetch);
  expect(await openAt("firma")).toBe(false);
  expect(fetch).not.toHaveBeenCalled();
});

/** A window as the browser gives it. */
const opened = () => ({ opener: window as unknown, location: { replace: vi.fn() }, close: vi.fn() });

it("sends a window that has no way back to the provider, to confirm", async () => {
  const there = opened();
  vi.spyOn(window, "open").mockReturnValue(there as unknown as Window);
  const address = "https://login.firma.example/authorize?x=1";
  const fetch = vi.fn().mockResolvedValue(new Response(JSON.stringify({ address }), { status: 201 }));
  vi.stubGlobal("fetch", fetch);
  expect(await openAt("firma")).toBe(true);
  expect(there.opener).toBeNull();
  expect(there.location.replace).toHaveBeenCalledExactlyOnceWith(address);
  expect(JSON.parse(fetch.mock.calls[0]?.[1].body)).toEqual({
    provider: "firma",
    back: "/confirmed",
    confirm: true,
  });
});

it("closes the window where nothing could be begun, and says why", async () => {
  const there = opened();
  vi.spyOn(window, "open").mockReturnValue(there as unknown as Window);
  const problem = {
    type: "urn:klucznik:problem:unavailable",
    title: "x",
    status: 503,
    detail: "Nie odpowiada.",
  };
  vi.stubGlobal("fetch", vi.fn().mockResolvedValue(new Response(JSON.stringify(problem), { status: 503 })));
  await expect(openAt("firma")).rejects.toThrow("Nie odpowiada.");
  expect(there.close).toHaveBeenCalledOnce();
  expect(there.location.replace).not.toHaveBeenCalled();
});

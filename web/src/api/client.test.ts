import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { confirmBy, isDeclined, onFactorRequired, onSignedOut, Problem, request } from "./client";

/** What the server would say, by method and path; each answer once, the last one for ever. */
let answers: Record<string, [number, unknown][]>;
const asked: string[] = [];

const refusal = (code: string, status: number) =>
  [status, { type: `urn:klucznik:problem:${code}`, title: code, status, factors: ["totp"] }] as [
    number,
    unknown,
  ];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    const key = `${method} ${url.replace("/api/v1", "")}`;
    asked.push(body ? `${key} ${body}` : key);
    const list = answers[key] ?? [];
    const [status, json] = (list.length > 1 ? list.shift() : list[0]) ?? [404, {}];
    await new Promise((done) => setTimeout(done, 5));
    return new Response(JSON.stringify(json), { status });
  });
});
afterEach(() => vi.unstubAllGlobals());

it("asks once for all that is refused, then does each again with what it was sent with", async () => {
  answers = {
    "POST /tokens": [refusal("step-up-required", 403), [200, { token: "x" }]],
    "POST /jobs": [refusal("step-up-required", 403), [200, { id: "y" }]],
  };
  const confirm = vi.fn(() => new Promise<boolean>((done) => setTimeout(() => done(true), 30)));
  const off = confirmBy(confirm);
  const body = { label: "a" };
  const both = await Promise.all([request("POST", "/tokens", { body }), request("POST", "/jobs")]);
  expect(both).toEqual([{ token: "x" }, { id: "y" }]);
  expect(confirm.mock.calls).toEqual([[["totp"], "step-up-required"]]);
  expect(asked).toEqual([
    'POST /tokens {"label":"a"}',
    "POST /jobs",
    'POST /tokens {"label":"a"}',
    "POST /jobs",
  ]);
  off();
});

it("does nothing again that the user did not want to confirm", async () => {
  answers = { "POST /tokens": [refusal("step-up-required", 403)] };
  const off = confirmBy(() => Promise.resolve(false));
  const error = await request("POST", "/tokens").catch((refused) => refused);
  expect(isDeclined(error)).toBe(true);
  expect(asked).toEqual(["POST /tokens"]);
  off();
});

it("asks again if the server still refuses", async () => {
  answers = {
    "POST /tokens": [refusal("step-up-required", 403), refusal("step-up-required", 403), [200, {}]],
  };
  const confirm = vi.fn(() => Promise.resolve(true));
  const off = confirmBy(confirm);
  await request("POST", "/tokens");
  expect(confirm).toHaveBeenCalledTimes(2);
  off();
});

it("takes a wrong factor for no end of the session, and an unknown session for one", async () => {
  answers = {
    "POST /me/step-up/finish": [refusal("unauthenticated", 401)],
    "POST /sessions/factor": [refusal("unauthenticated", 401)],
    "POST /me/factors": [refusal("unauthenticated", 401)],
    "GET /me/factors": [refusal("unauthenticated", 401)],
  };
  const ended = vi.fn();
  const off = onSignedOut(ended);
  for (const path of ["/me/step-up/finish", "/sessions/factor", "/me/factors"])
    await expect(request("POST", path)).rejects.toBeInstanceOf(Problem);
  expect(ended).not.toHaveBeenCalled();
  await expect(request("GET", "/me/factors")).rejects.toBeInstanceOf(Problem);
  expect(ended).toHaveBeenCalledOnce();
  off();
});

it("tells when a factor must be added first", async () => {
  answers = { "GET /people": [refusal("factor-required", 403)] };
  const told = vi.fn();
  const off = onFactorRequired(told);
  await expect(request("GET", "/people")).rejects.toBeInstanceOf(Problem);
  expect(told).toHaveBeenCalledOnce();
  off();
});

// The one way to the API. Answers live in memory only.
import i18next from "i18next";
import type { FactorKind, Issue, Named, ProblemDocument } from "./types";

export const API = "/api/v1";

/** A refusal or failure, told by the server in the user's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly issues: Issue[];
  readonly ask: Named[];
  readonly duplicate?: ProblemDocument["duplicate"];
  /** By what the user can confirm to be there, where that is asked for. */
  readonly factors: FactorKind[];
  /** Under which the server's log has the request. */
  readonly request?: string;

  constructor(document: ProblemDocument) {
    super(document.detail || document.title);
    this.name = "Problem";
    this.status = document.status;
    this.code = document.type.split(":").pop() ?? "internal";
    this.title = document.title;
    this.issues = document.issues ?? [];
    this.ask = document.ask ?? [];
    this.duplicate = document.duplicate;
    this.factors = document.factors ?? [];
    this.request = document.request_id;
  }

  /** The reason given for one field, if there is one. */
  issue(field: string): string | undefined {
    const found = this.issues.find((i) => i.field === field);
    if (!found) return undefined;
    return found.example
      ? `${found.reason} ${i18next.t("common:example", { example: found.example })}`
      : found.reason;
  }
}

export type Query = Record<string, string | number | boolean | string[] | null | undefined>;

export interface Call {
  query?: Query;
  /** Sent as JSON, or as it is if it is a file. */
  body?: unknown;
  /** Version that the change is made to. */
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

type Listener = () => void;
const signedOut = new Set<Listener>();
const asked = new Set<Listener>();

/** Called when the server no longer knows the session. */
export function onSignedOut(listener: Listener): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** Called at each request that counts as use of the session. */
export function onUse(listener: Listener): () => void {
  asked.add(listener);
  return () => asked.delete(listener);
}

/** Asked by pages rather than by people: the server does not count these as use of the session either. */
const ASKED_BY_PAGES = new Set(["/jobs", "/notices"]);

/** Where 401 says that what was shown is wrong, not that the session is over. */
const ASKS_PROOF = new Set([
  "POST /sessions",
  "POST /sessions/factor",
  "POST /sign-on",
  "POST /sign-on/finish",
  "PUT /me/password",
  "POST /me/factors",
  "POST /me/step-up/finish",
]);

/** Asks the user to confirm to be there, for what reason the server says; tells whether that was done. */
type Confirm = (factors: FactorKind[], why: string) => Promise<boolean>;
let confirm: Confirm = () => Promise.resolve(false);
/** Under way; whatever else is refused meanwhile waits for the same answer. */
let confirming: Promise<boolean> | null = null;
/** When it was last confirmed: what was asked before goes on without being asked again. */
let confirmedAt = Number.NEGATIVE_INFINITY;

/** Who asks, as long as there is somebody to be asked. */
export function confirmBy(asker: Confirm): () => void {
  confirm = asker;
  return () => {
    confirm = () => Promise.resolve(false);
  };
}

/** `begun` is when the request was made that was refused. */
function confirmed({ factors, message }: Problem, begun: number): Promise<boolean> {
  if (begun < confirmedAt) return Promise.resolve(true);
  confirming ??= confirm(factors, message)
    .then((yes) => {
      if (yes) confirmedAt = performance.now();
      return yes;
    })
    .finally(() => {
      confirming = null;
    });
  return confirming;
}

/** What the server refused, if that is what went wrong. */
export const problemOf = (error: unknown): Problem | null => (error instanceof Problem ? error : null);

/** The server's words at these fields, where it found something wrong with them. */
export const issuesAt = <Name extends string>(
  error: unknown,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.map((name) => [name, problemOf(error)?.issue(name)]).filter(([, words]) => words),
  ) as Partial<Record<Name, string>>;

/** The user did not want to confirm: nothing was done, and nothing is to be said. */
export const isDeclined = (error: unknown): boolean =>
  error instanceof Problem && error.code === "step-up-required";

/** The user may not work at this hour: the session goes on when the hours of the user's roles begin again. */
export const isOutsideHours = (error: unknown): error is Problem =>
  error instanceof Problem && error.code === "outside-hours";

/** How far this machine's clock is ahead of the server's, in milliseconds. */
let ahead = 0;

/** The server's time: what ends a session is reckoned by it. */
export const serverNow = (): number => Date.now() - ahead;

const toEnrol = new Set<Listener>();

/** Called when the server serves nothing until a factor is added. */
export function onFactorRequired(listener: Listener): () => void {
  toEnrol.add(listener);
  return () => toEnrol.delete(listener);
}

/** The session is over, as the server said or the clock does: nothing that was read stays. */
export function endSession(): void {
  for (const listener of signedOut) listener();
}

export function search(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

async function problem(response: Response): Promise<Problem> {
  const { status } = response;
  try {
    return new Problem((await response.json()) as ProblemDocument);
  } catch {
    const detail = i18next.t("common:problem.unreadable", { status });
    const request_id = response.headers.get("X-Request-Id") ?? undefined;
    return new Problem({ type: "urn:klucznik:problem:internal", title: detail, status, detail, request_id });
  }
}

function requestOf(method: string, call: Call): RequestInit {
  const headers: Record<string, string> = {
    "Accept-Language": i18next.language ?? document.documentElement.lang,
  };
  let body: BodyInit | undefined;
  if (call.body instanceof Blob) {
    body = call.body;
    headers["Content-Type"] = call.body.type || "application/octet-stream";
  } else if (call.body !== undefined) {
    body = JSON.stringify(call.body);
    headers["Content-Type"] = method === "PATCH" ? "application/merge-patch+json" : "application/json";
  }
  if (call.version !== undefined) headers["If-Match"] = `"${call.version}"`;
  if (call.idempotencyKey) headers["Idempotency-Key"] = call.idempotencyKey;
  return { method, headers, body, signal: call.signal, credentials: "same-origin", cache: "no-store" };
}

/** One try; without a network a `Problem` too. */
async function attempt(method: string, path: string, call: Call): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`${API}${path}${search(call.query ?? {})}`, requestOf(method, call));
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    const detail = i18next.t("common:problem.offline");
    throw new Problem({ type: "urn:klucznik:problem:offline", title: detail, status: 0, detail });
  }
  const told = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(told)) ahead = Date.now() - told;
  if (method !== "GET" || !ASKED_BY_PAGES.has(path)) for (const listener of asked) listener();
  return response;
}

/**
 * One request; anything but success is thrown as a `Problem`. If the user is to confirm to be there, that is asked in
 * place, and the request made again.
 */
export async function send(method: string, path: string, call: Call = {}): Promise<Response> {
  for (;;) {
    const begun = performance.now();
    const response = await attempt(method, path, call);
    if (response.ok) return response;
    const refused = await problem(response);
    if (response.status === 401 && !ASKS_PROOF.has(`${method} ${path}`)) endSession();
    if (refused.code === "factor-required") for (const listener of toEnrol) listener();
    if (refused.code !== "step-up-required" || !(await confirmed(refused, begun))) throw refused;
  }
}

/** One request whose answer is JSON, or nothing. */
export async function request<T>(method: string, path: string, call?: Call): Promise<T> {
  const response = await send(method, path, call);
  if (response.status === 204 || response.headers.get("Content-Length") === "0") return undefined as T;
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) =>
  request<T>("GET", path, { query, signal });

/** A file, handed to the browser to be kept. */
export function keep(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A file from the API, to be kept. */
export async function download(path: string, name: string): Promise<void> {
  const response = await send("GET", path);
  keep(await response.blob(), name);
}

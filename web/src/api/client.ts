// The one way to the API. Answers live in memory only.
import i18next from "i18next";
import type { Issue, Named, ProblemDocument } from "./types";

export const API = "/api/v1";

/** A refusal or failure, told by the server in the user's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly issues: Issue[];
  readonly ask: Named[];
  readonly duplicate?: ProblemDocument["duplicate"];
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

/** Where 401 says that a password was wrong, not that the session is over. */
const ASKS_PASSWORD = new Set(["/sessions", "/me/password"]);

/** How far this machine's clock is ahead of the server's, in milliseconds. */
let ahead = 0;

/** The server's time: what ends a session is reckoned by it. */
export const serverNow = (): number => Date.now() - ahead;

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

/** One request; anything but success is thrown as a `Problem`. */
export async function send(method: string, path: string, call: Call = {}): Promise<Response> {
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
  let response: Response;
  try {
    response = await fetch(`${API}${path}${search(call.query ?? {})}`, {
      method,
      headers,
      body,
      signal: call.signal,
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    const detail = i18next.t("common:problem.offline");
    throw new Problem({ type: "urn:klucznik:problem:offline", title: detail, status: 0, detail });
  }
  const told = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(told)) ahead = Date.now() - told;
  if (method !== "GET" || !ASKED_BY_PAGES.has(path)) for (const listener of asked) listener();
  if (response.ok) return response;
  const refused = await problem(response);
  if (response.status === 401 && !ASKS_PASSWORD.has(path)) endSession();
  throw refused;
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

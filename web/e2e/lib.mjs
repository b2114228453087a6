// A real browser against the real program with sample data: what every spec stands on.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** The language that journeys are made in. */
export const LANG = process.env.KLUCZNIK_E2E_LANG ?? "pl";
export const PASSWORD = "mokry-parasol-w-tramwaju";
/** The cast of the sample organisation. */
export const CAST = {
  seller: "anna.kowalska",
  otherSeller: "tomasz.lewandowski",
  management: "barbara.dabrowska",
  marketing: "marta.nowak",
  dpo: "zofia.jablonska",
  admin: "robert.szymanski",
  auditor: "danuta.krol",
};

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function launch() {
  const executablePath = process.env.KLUCZNIK_BROWSER ?? BROWSERS.find((path) => existsSync(path));
  if (!executablePath)
    throw new Error("Chromium is missing: apt-get install chromium, or set KLUCZNIK_BROWSER");
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** The program under test. */
export function program() {
  if (process.env.KLUCZNIK_BIN) return process.env.KLUCZNIK_BIN;
  const target = process.env.CARGO_TARGET_DIR ?? join(WEB, "../target");
  const found = ["demo", "release", "debug"]
    .map((profile) => join(target, profile, "klucznik"))
    .find(existsSync);
  if (!found) throw new Error("the program is not built: cargo build --package cli, or set KLUCZNIK_BIN");
  return found;
}

/** What makes a program's clock run days ahead of the machine's, or behind. */
export function ahead(days) {
  if (days === 0) return {};
  const library = readdirSync("/usr/lib")
    .map((name) => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`)
    .find(existsSync);
  if (!library) throw new Error("libfaketime is missing: run scripts/prepare.sh --tests");
  return { LD_PRELOAD: library, FAKETIME: `${days < 0 ? "" : "+"}${days}d`, DONT_FAKE_MONOTONIC: "1" };
}

/**
 * Starts the program on sample data in a folder of its own, with its clock so many days ahead; what is given back stops
 * it and removes the folder.
 */
export async function startServer({
  sizes = [],
  asOf = new Date().toISOString(),
  folder,
  port = 0,
  days = 0,
} = {}) {
  const dir = folder ?? mkdtempSync(join(tmpdir(), "klucznik-e2e-"));
  const flags = [
    "--listen",
    `127.0.0.1:${port}`,
    "--login-rate",
    "6000",
    "--user-rate",
    "2000",
    "--session-idle-s",
    "1800",
  ];
  const when = asOf ? ["--as-of", asOf] : [];
  const child = spawn(
    program(),
    ["demo", "--json", "--dir", join(dir, "data"), ...when, ...sizes, ...flags],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...ahead(days) } },
  );
  let [out, log] = ["", ""];
  child.stderr.on("data", (bytes) => {
    log = (log + bytes).slice(-20_000);
  });
  const url = await new Promise((done, fail) => {
    child.on("exit", (code) => fail(new Error(`the program ended with ${code}:\n${log}`)));
    child.stdout.on("data", (bytes) => {
      out += bytes;
      try {
        const { listen } = JSON.parse(out);
        done(`https://localhost:${listen.split(":").pop()}`);
      } catch {
        // Not all of it is there yet.
      }
    });
  });
  child.removeAllListeners("exit");
  const stop = async () => {
    const ended = new Promise((done) => child.on("exit", done));
    child.kill("SIGINT");
    await ended;
    if (!folder) rmSync(dir, { recursive: true, force: true });
  };
  return { url, dir, stop, log: () => log };
}

/** How a page is looked at. */
export const MODES = {
  light: { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true, isMobile: true },
};

/** Tried again until it throws nothing: pages and servers take their time, and a slow machine takes more of it. */
export async function eventually(check, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(100);
  }
}

/** Ticks a box by the keyboard. What it shows may come by way of the server, so that it may take a moment. */
export async function tick(box, on = true) {
  if ((await box.isChecked()) !== on) await box.press("Space");
  await eventually(async () => assert.equal(await box.isChecked(), on, "the box does not follow"));
}

/** The query of the stream of events that each page has open. */
const streams = new WeakMap();

function followStream(page) {
  page.on("request", (request) => {
    if (request.isNavigationRequest()) streams.delete(page);
  });
  page.on("response", (response) => {
    const { pathname, search } = new URL(response.url());
    if (pathname.endsWith("/api/v1/stream")) streams.set(page, search);
  });
}

/** Waits until the page hears what the server says by itself, of this record in particular. */
export const listening = (page, id = "") =>
  eventually(() => assert.ok(streams.get(page)?.includes(id), `the page does not listen ${id}`));

/**
 * A signed-in browser window of its own. `faults` gathers what must not happen: violations of the content security
 * policy, errors in the console, uncaught errors.
 */
export async function enter(browser, who, { mode = "light", lang = LANG } = {}) {
  const base = process.env.KLUCZNIK_URL;
  const context = await browser.newContext({
    ...MODES[mode],
    ignoreHTTPSErrors: true,
    locale: lang === "pl" ? "pl-PL" : "en-GB",
    timezoneId: "Europe/Warsaw",
    reducedMotion: "reduce",
    baseURL: base,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(30_000);
  // A development server would load the page anew whenever a file changes.
  if (process.env.KLUCZNIK_DEV) await context.routeWebSocket(/.*/, () => {});
  const faults = [];
  await context.exposeBinding("__fault", (_, text) => {
    faults.push(text);
  });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (e) => {
      window.__fault(
        `csp ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`,
      );
    });
  });
  const watch = (page) => {
    followStream(page);
    page.on("pageerror", (error) => faults.push(`error ${error.message}`));
    page.on("console", (message) => {
      // A refusal (4xx) is an answer, not a fault of the page.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
        faults.push(`console ${message.text()}`);
    });
  };
  context.on("page", watch);
  const page = await context.newPage();
  if (who) await signIn(page, CAST[who] ?? who);
  return { context, page, faults };
}

/** Signs in by the page's own form. */
export async function signIn(page, login, password = PASSWORD) {
  await page.goto("/sign-in");
  const form = page.locator("form");
  await form.locator("input[autocomplete^='username']").fill(login);
  await form.locator("input[autocomplete='current-password']").fill(password);
  await form.locator("button[type='submit']").click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Conditions of a list in the address of a page. */
export const conditions = (page) => new URLSearchParams(new URL(page.url()).hash.slice(1)).getAll("f");

/** One call of the API as the page's user. */
export async function api(page, method, path, { body, version, lang = "pl" } = {}) {
  return page.evaluate(
    async ([method, path, body, version, lang]) => {
      const headers = { "Accept-Language": lang };
      if (body !== undefined) headers["Content-Type"] = "application/json";
      if (version !== undefined) headers["If-Match"] = `"${version}"`;
      const response = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
      const text = await response.text();
      let json = null;
      try {
        json = JSON.parse(text);
      } catch {
        // Not every answer is JSON.
      }
      return { status: response.status, body: json, text };
    },
    [method, path, body, version, lang],
  );
}

/** Changes rules of approval as an administrator; gives back what they were. */
export async function setApprovalRules(page, change) {
  const { version, ...before } = (await api(page, "GET", "/approvals/rules")).body;
  const body = { ...before, ...change };
  const put = await api(page, "PUT", "/approvals/rules", { body, version });
  assert.equal(put.status, 200, put.text);
  return before;
}

/** Goes to a page and waits until nothing on it is loading any more. */
export async function visit(page, path) {
  await page.goto(path);
  await settle(page);
}

export async function settle(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector("[data-loading]"));
  await page.waitForTimeout(150);
}

/** By how many pixels a page scrolls sideways: the window, or the part of it that scrolls. */
export const tooWide = (page) =>
  page.evaluate(() =>
    Math.max(
      ...[document.documentElement, document.getElementById("main")].map((at) =>
        at ? at.scrollWidth - at.clientWidth : 0,
      ),
    ),
  );

/** Every page, with who looks at it; `:id` is filled with a record that this one sees. */
export const PAGES = [
  ["sign-in", null, "/sign-in"],
  ["home", "seller", "/"],
  ["home-management", "management", "/"],
  ["home-marketing", "marketing", "/"],
  ["home-dpo", "dpo", "/"],
  ["home-admin", "admin", "/"],
  ["companies", "seller", "/companies"],
  ["people", "seller", "/people"],
  ["people-dpo", "dpo", "/people"],
  ["leads", "seller", "/leads"],
  ["leads-marketing", "marketing", "/leads"],
  ["notes", "seller", "/notes"],
  ["deals-board", "seller", "/deals?v=board"],
  ["deals-table", "seller", "/deals?v=table"],
  ["deals-forecast", "management", "/deals?v=forecast"],
  ["activities", "seller", "/activities?v=list"],
  ["calendar", "seller", "/activities?v=calendar"],
  ["company", "seller", "/companies/:id"],
  ["person", "seller", "/people/:id"],
  ["person-details", "seller", "/people/:id?tab=details"],
  ["person-history", "seller", "/people/:id?tab=history"],
  ["person-access", "seller", "/people/:id?tab=access"],
  ["lead", "seller", "/leads/:id"],
  ["deal", "seller", "/deals/:id"],
  ["activity", "seller", "/activities/:id"],
  ["note", "seller", "/notes/:id"],
  ["not-found", "seller", "/people/0190a6c2-7b1e-7c3d-8e4f-0123456789ab"],
  ["no-access", "marketing", "/deals"],
  ["shared", "seller", "/shared"],
  ["shared-given", "seller", "/shared?tab=given"],
  ["explain", "seller", "/explain?entity=person&record=:person"],
  ["bin", "seller", "/bin"],
  ["import", "seller", "/import"],
  ["jobs", "seller", "/jobs"],
  ["access-requests", "seller", "/access-requests"],
  ["to-review", "seller", "/access-reviews"],
  ["notifications", "admin", "/notifications"],
  ["account", "seller", "/account"],
  ["account-preferences", "seller", "/account?tab=preferences"],
  ["account-security", "seller", "/account?tab=security"],
  ["account-sessions", "seller", "/account?tab=sessions"],
  ["account-cover", "seller", "/account?tab=cover"],
  ["account-tokens", "seller", "/account?tab=tokens"],
  ["account-service", "seller", "/account?tab=service"],
  ["account-history", "seller", "/account?tab=history"],
  ["admin", "admin", "/admin"],
  ["users", "admin", "/admin/users"],
  ["user", "admin", "/admin/users/:user"],
  ["user-view", "admin", "/admin/users/:user?tab=view"],
  ["service-accounts", "admin", "/admin/service-accounts"],
  ["partners", "admin", "/admin/partners"],
  ["teams", "admin", "/admin/teams"],
  ["roles", "admin", "/admin/roles"],
  ["role", "admin", "/admin/roles/:role"],
  ["findings", "admin", "/admin/findings"],
  ["access-reviews", "admin", "/admin/access-reviews"],
  ["factors", "admin", "/admin/factors"],
  ["approval-rules", "admin", "/admin/approvals"],
  ["session-rules", "admin", "/admin/sessions"],
  ["fields", "admin", "/admin/fields"],
  ["system", "admin", "/admin/system"],
  ["ledger", "auditor", "/ledger"],
  ["disclosures", "auditor", "/disclosures"],
];

/** The path with ids of things that the page's user sees. */
export async function fill(page, path) {
  if (path.includes(":user")) {
    const { body } = await api(page, "GET", "/users");
    return path.replace(":user", body.items.find((u) => u.login === CAST.seller).id);
  }
  if (path.includes(":role")) {
    const { body } = await api(page, "GET", "/roles");
    return path.replace(":role", body.items.find((r) => r.name === "seller").id);
  }
  if (path.includes(":person")) {
    const { body } = await api(page, "GET", "/people?limit=1");
    return path.replace(":person", body.items[0].id);
  }
  if (path.includes(":id")) {
    const plural = path.split("/")[1];
    const { body } = await api(page, "GET", `/${plural}?limit=1`);
    return path.replace(":id", body.items[0].id);
  }
  return path;
}

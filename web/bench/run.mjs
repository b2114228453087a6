// `npm run bench`: what the interface costs in Chromium against the program with 100,000 people. Prints each figure
// beside its budget; never fails for a figure. CPU is what the page's main thread used by its own clock; wall times, and
// that of the thread's tasks, are of this machine and whatever else runs on it.
import { existsSync, mkdirSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { CAST, enter, launch, signIn, startServer } from "../e2e/lib.mjs";
import { measureBoard, measureCarrying } from "./board.mjs";

const SIZES = [
  ["--people", 100_000],
  ["--companies", 20_000],
  ["--leads", 5_000],
  ["--deals", 3_000],
  ["--activities", 20_000],
  ["--notes", 5_000],
];
const rows = [];
const report = (what, value, budget, unit) => {
  const within =
    budget === undefined
      ? ""
      : value <= budget
        ? "ok"
        : `over by ${Math.round((value / budget - 1) * 100)} %`;
  rows.push([
    what,
    `${Math.round(value * 10) / 10} ${unit}`,
    budget === undefined ? "" : `${budget} ${unit}`,
    within,
  ]);
};

const folder = new URL("../bench-data", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
if (!existsSync(`${folder}/data`)) console.error("Making the sample; this takes minutes the first time…");
const server = await startServer({ sizes: SIZES.flat().map(String), asOf: "2026-11-23T08:00:00Z", folder });
process.env.KLUCZNIK_URL = server.url;
const browser = await launch();
process.on("exit", () => server.stop());

async function instrument(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await cdp.send("Network.enable");
  const wall = await page.context().newCDPSession(page);
  await wall.send("Performance.enable");
  const tasks = async (session) => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find((m) => m.name === "TaskDuration").value * 1000;
  };
  const requests = new Map();
  cdp.on("Network.responseReceived", (e) =>
    requests.set(e.requestId, {
      url: e.response.url,
      type: e.type,
      bytes: 0,
      cached: e.response.fromDiskCache,
    }),
  );
  cdp.on("Network.loadingFinished", (e) => {
    const request = requests.get(e.requestId);
    if (request) request.bytes = e.encodedDataLength;
  });
  let tell = () => {};
  await page.exposeBinding("shown", (_, ms) => tell(ms));
  return {
    shown: () =>
      new Promise((done, fail) => {
        tell = done;
        setTimeout(() => fail(new Error("nothing was shown within 30 s")), 30_000).unref();
      }),
    requests: () =>
      [...requests.values()].filter((r) => !r.url.startsWith("data:") && !r.url.includes("/stream")),
    forget: () => requests.clear(),
    cpu: () => tasks(cdp),
    /** The tasks of the main thread by the clock on the wall: also what they waited for a core. */
    busy: () => tasks(wall),
  };
}

const tableRow = "tbody tr[data-index]";
const listed = (page) => page.locator(tableRow).first().waitFor();

/**
 * In the page: tells when `selector` is there, holding `text`, at an address that begins with `path`, and painted; in
 * milliseconds from the last click or key or, without one, the start of the page. Asking from outside costs CPU.
 */
function watch([path, selector, text = ""]) {
  let from = 0;
  for (const name of ["click", "keydown"])
    addEventListener(name, (event) => (from = event.timeStamp), { capture: true });
  const look = () => {
    const found = location.pathname.startsWith(path) ? document.querySelector(selector) : null;
    if (!found?.textContent.toLowerCase().includes(text)) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => window.shown(performance.now() - from)));
  };
  requestAnimationFrame(look);
}

/** CPU of the main thread, and wall time as the page sees it, from an act until `place` is painted. */
async function measure(page, tools, act, place, loads = false) {
  const shown = tools.shown();
  if (loads) await page.addInitScript(watch, place);
  else await page.evaluate(watch, place);
  const cpu = loads ? 0 : await tools.cpu();
  await act();
  const wall = await shown;
  return { cpu: (await tools.cpu()) - cpu, wall };
}

/** Where the pointer is. */
async function click(page) {
  await page.mouse.down();
  await page.mouse.up();
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const WIDE = {
  ignoreHTTPSErrors: true,
  baseURL: server.url,
  locale: "pl-PL",
  viewport: { width: 1440, height: 900 },
};

/** A list opened in a browser that knows nothing but its session, and then once more. */
async function fresh(storageState) {
  const context = await browser.newContext({ ...WIDE, storageState });
  const page = await context.newPage();
  const tools = await instrument(page);
  // A new window loads parts of the browser itself, such as the list below its address bar; these take no part.
  await page.waitForTimeout(2000);
  const open = () => page.goto("/people", { waitUntil: "commit" });
  const cold = await measure(page, tools, open, ["/people", tableRow], true);
  cold.busy = await tools.busy();
  await page.waitForTimeout(1000);
  const first = tools.requests();
  tools.forget();
  const shown = tools.shown();
  await open();
  const warm = await shown;
  await page.waitForTimeout(1000);
  const second = tools.requests();
  await context.close();
  return { cold, first, warm, second };
}

async function loading() {
  const context = await browser.newContext(WIDE);
  await signIn(await context.newPage(), CAST.management);
  const state = await context.storageState();
  await context.close();
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await fresh(state));
  const [{ first, second }] = times;
  const sum = (requests, test) => requests.filter(test).reduce((total, r) => total + r.bytes, 0) / 1000;
  const cold = (what, test, budget) => report(`cold list: ${what}`, sum(first, test), budget, "kB");
  cold("JavaScript on the wire (br)", (r) => r.type === "Script", 320);
  cold("CSS on the wire (br)", (r) => r.type === "Stylesheet", 50);
  cold("fonts", (r) => r.type === "Font", 140);
  cold("answers of the API, which are not compressed", (r) => r.url.includes("/api/"));
  cold("all but fonts", (r) => r.type !== "Font", 320);
  report("cold list: requests", first.length, undefined, "");
  report("cold list: main-thread CPU to 50 rows", median(times.map((t) => t.cold.cpu)), 450, "ms");
  report("cold list: main-thread tasks to 50 rows", median(times.map((t) => t.cold.busy)), 450, "ms");
  report("cold list: wall", median(times.map((t) => t.cold.wall)), 1200, "ms");
  const wire = sum(second, (r) => !r.cached && !r.url.includes("/api/"));
  report("warm list: on the wire but the API", wire, 5, "kB");
  report("warm list: wall", median(times.map((t) => t.warm)), 600, "ms");
}

async function working() {
  const { page, context } = await enter(browser, "management");
  const tools = await instrument(page);
  await page.goto("/people");
  await listed(page);
  await page.waitForTimeout(500);

  const clicks = [];
  for (let i = 0; i < 7; i++) {
    await page.locator("nav a[href='/companies']").click();
    await listed(page);
    await page.waitForTimeout(400);
    await page.locator("nav a[href='/people']").hover();
    await page.waitForTimeout(200);
    clicks.push(
      await measure(page, tools, () => click(page), ["/people", `${tableRow} a[href^='/people/']`]),
    );
    await page.waitForTimeout(400);
  }
  report("from click to painted list: wall", median(clicks.map((c) => c.wall)), 100, "ms");
  report("from click to painted list: CPU", median(clicks.map((c) => c.cpu)), undefined, "ms");

  const box = page.locator("main input[type='search']").first();
  const typing = [];
  for (const word of ["kowal", "nowak", "zieli", "wojci", "krawc"]) {
    await box.fill("");
    await page.waitForTimeout(500);
    const letters = () => box.pressSequentially(word, { delay: 30 });
    typing.push(await measure(page, tools, letters, ["/people", tableRow, word]));
  }
  report("search while typing 5 letters: CPU", median(typing.map((t) => t.cpu)), undefined, "ms");
  report(
    "search while typing: last letter to painted list: wall, of which 150 waiting for more letters",
    median(typing.map((t) => t.wall)),
    undefined,
    "ms",
  );
  await box.fill("");
  await page.waitForTimeout(500);

  const opening = [];
  for (let i = 0; i < 5; i++) {
    await page.locator(`${tableRow} a[data-focus]`).nth(i).hover();
    await page.waitForTimeout(200);
    opening.push(await measure(page, tools, () => click(page), ["/people/", "main [role='tablist']"]));
    await page.goBack();
    await listed(page);
    await page.waitForTimeout(300);
  }
  report("opening a record: wall", median(opening.map((o) => o.wall)), undefined, "ms");
  report("opening a record: CPU", median(opening.map((o) => o.cpu)), undefined, "ms");
  await context.close();
}

async function scrolling() {
  const { page, context } = await enter(browser, "management");
  const tools = await instrument(page);
  await page.goto("/people");
  await listed(page);
  const scroller = await page.evaluateHandle((row) => {
    let at = document.querySelector(row);
    while (
      at &&
      !(at.scrollHeight > at.clientHeight + 10 && /auto|scroll/.test(getComputedStyle(at).overflowY))
    )
      at = at.parentElement;
    return at;
  }, tableRow);
  let most = 0;
  const begun = await tools.cpu();
  const wall = performance.now();
  for (let step = 0; step < 600; step++) {
    const { rows, height } = await scroller.evaluate((at, row) => {
      at.scrollTop = at.scrollHeight;
      return { rows: document.querySelectorAll(row).length, height: at.scrollHeight };
    }, tableRow);
    most = Math.max(most, rows);
    if (height > 10_000 * 32) break;
    await page.waitForTimeout(30);
  }
  const loaded = await scroller.evaluate((at) => Math.round(at.scrollHeight / 36));
  report("rows loaded by scrolling", loaded, undefined, "");
  report("rows in the DOM at most", most, 60, "");
  report(
    "CPU a page of 200 more rows",
    ((await tools.cpu()) - begun) / Math.max(1, loaded / 200),
    undefined,
    "ms",
  );
  report("all of the scrolling: wall", performance.now() - wall, undefined, "ms");
  const before = [await tools.cpu(), await tools.busy()];
  // All of them by one call: each call from outside costs the page CPU of its own.
  await scroller.evaluate(async (at) => {
    const frame = () => new Promise(requestAnimationFrame);
    for (let i = 0; i < 60; i++) {
      at.scrollTop = (at.scrollHeight / 60) * i;
      await frame();
      await frame();
    }
  });
  // A jump takes two frames: that in which it is scrolled, and that in which its rows are drawn.
  report("jump within 10,000 rows: CPU", ((await tools.cpu()) - before[0]) / 60, 16, "ms");
  report(
    "jump within 10,000 rows: main-thread tasks",
    ((await tools.busy()) - before[1]) / 60,
    undefined,
    "ms",
  );
  await context.close();
}

async function board() {
  const { page, context } = await enter(browser, "management");
  const tools = await instrument(page);
  await page.goto("/people");
  await listed(page);
  // What a list fetches after it (`src/lib/later.ts`) is not the board's.
  await page.waitForTimeout(4000);
  tools.forget();
  await page.locator("nav a[href='/deals']").hover();
  await page.waitForTimeout(200);
  const shown = await measure(page, tools, () => click(page), ["/deals", "[data-card]"]);
  report("board: from click to cards: wall", shown.wall, undefined, "ms");
  report("board: from click to cards: CPU", shown.cpu, undefined, "ms");
  await measureBoard(page, tools, report);
  await context.close();
  const seller = await enter(browser, "seller");
  const hers = await instrument(seller.page);
  await seller.page.goto("/deals?v=board&who=all");
  await seller.page.locator("[data-move]").first().waitFor();
  await seller.page.waitForTimeout(1500);
  await measureCarrying(seller.page, hers, report);
  await seller.context.close();
}

for (const part of [loading, working, scrolling, board]) {
  try {
    await part();
  } catch (error) {
    rows.push([part.name, "failed", "", error.message.split("\n")[0]]);
    process.exitCode = 1;
  }
}
await browser.close();
const width = [0, 1, 2].map((c) => Math.max(...rows.map((r) => r[c].length)));
console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, 100,000 people`);
for (const row of rows) console.log(row.map((cell, c) => (c < 3 ? cell.padEnd(width[c]) : cell)).join("  "));
// What still runs, as the server, is not waited for.
process.exit();

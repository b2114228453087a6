// What the server says by itself: notices, jobs in other tabs, and all of it again after the line was cut.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const SLOW = { timeout: 60_000 };
const unread = async (page) =>
  (await api(page, "GET", "/notices")).body.items.filter((one) => one.read_at === null).length;
const bell = (page, count) =>
  page
    .getByRole("banner")
    .getByRole("button", { name: new RegExp(`^Powiadomienia: ${count} `) })
    .first();

/**
 * A user who is then locked out by wrong passwords, which administrators are told. The server makes each attempt wait
 * longer than the one before, two minutes in all.
 */
async function lockOut(admin) {
  const login = `zapominalski.${Date.now().toString(36)}`;
  const { body: me } = await api(admin, "GET", "/me");
  const made = await api(admin, "POST", "/users", {
    body: {
      login,
      name: "Zenon Zapominalski",
      email: `${login}@klucznik.example`,
      lang: "pl",
      team: me.team.id,
      roles: [],
      password: "dlugie-haslo-na-probe",
    },
  });
  assert.equal(made.status, 201, made.text);
  const { page, context } = await enter(browser, null);
  await page.goto("/sign-in");
  for (let i = 0; i < 40; i++) {
    const wait = await page.evaluate(async (login) => {
      const response = await fetch("/api/v1/sessions", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ login, password: "to-nie-jest-to-haslo" }),
      });
      return response.status === 429 ? Number(response.headers.get("Retry-After") ?? 1) : 0;
    }, login);
    if (wait > 600) break;
    await page.waitForTimeout(wait * 1000);
  }
  await context.close();
  const { body: user } = await api(admin, "GET", `/users/${made.body.id}`);
  await api(admin, "PATCH", `/users/${user.id}`, { body: { active: false }, version: user.version });
}

/**
 * A line to the server that can be cut: a browser that is told to be offline keeps what it has open. Cookies do not
 * tell ports apart, so who signed in at the server is signed in here.
 */
async function line() {
  const { port } = new URL(process.env.KLUCZNIK_URL);
  const open = new Set();
  let whole = true;
  const proxy = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), "localhost");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise((done) => proxy.listen(0, "localhost", done));
  const cut = () => {
    whole = false;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `https://localhost:${proxy.address().port}`,
    cut,
    mend: () => {
      whole = true;
    },
    close: () => {
      cut();
      proxy.close();
    },
  };
}

describe("live", () => {
  it("brings a notice without a reload, and what was missed while the line was cut", async () => {
    const { page, context, faults } = await enter(browser, "admin");
    await visit(page, "/notifications");
    const cut = await enter(browser, "admin");
    const wire = await line();
    await visit(cut.page, `${wire.url}/notifications`);
    await page.waitForTimeout(1000);
    const before = await unread(page);
    let loads = 0;
    for (const one of [page, cut.page])
      one.on("load", () => {
        loads += 1;
      });
    wire.cut();
    await lockOut(page);
    const now = await unread(page);
    assert.ok(now > before, "nobody was told of the lock");
    await bell(page, now).waitFor(SLOW);
    await page.locator("main").getByText("Zablokowane logowanie: Zenon Zapominalski").first().waitFor();
    wire.mend();
    await bell(cut.page, now).waitFor(SLOW);
    // Read in one window, it is read in the other.
    await page
      .locator("main")
      .getByRole("button", { name: /^Oznacz jako przeczytane: Zablokowane/ })
      .first()
      .click();
    for (const one of [page, cut.page])
      if (now > 1) await bell(one, now - 1).waitFor(SLOW);
      else
        await one
          .getByRole("banner")
          .getByRole("button", { name: "Powiadomienia", exact: true })
          .waitFor(SLOW);
    assert.equal(loads, 0);
    assert.deepEqual(faults, []);
    await cut.context.close();
    await context.close();
    wire.close();
  });

  it("shows a job in the other tab of its maker as it goes", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    const tab = await context.newPage();
    await visit(tab, "/jobs");
    await tab.waitForTimeout(1000);
    const mark = `Zakladka${Date.now().toString(36)}`;
    const ids = [];
    for (let i = 0; i < 5; i++) {
      const made = await api(page, "POST", "/leads", { body: { fields: { last_name: `${mark}${i}` } } });
      ids.push(made.body.id);
    }
    const over = tab.getByRole("region", { name: "Zakończone" }).locator("div:has(> div > h3)");
    const known = await over.count();
    const { body: job } = await api(page, "POST", "/leads/bulk", {
      body: { select: { ids }, change: { fields: { city: mark } } },
    });
    await over.nth(known).waitFor(SLOW);
    await over.first().getByText("zmieniono: 5 rekordów").waitFor();
    await over.first().getByRole("button", { name: "Cofnij", exact: true }).click();
    // And the other way round.
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    const tray = page.getByRole("dialog", { name: "Zadania w tle" });
    await tray.locator("div:has(> div > h3)").first().getByText("przywrócono: 5 rekordów").waitFor(SLOW);
    assert.equal((await api(page, "GET", `/jobs/${job.id}`)).body.undone, true);
    await context.close();
  });

  it("listens again after the line was cut", async () => {
    const { page, context } = await enter(browser, "seller");
    const wire = await line();
    await visit(page, `${wire.url}/jobs`);
    const other = await enter(browser, "seller");
    await visit(other.page, "/jobs");
    const over = page.getByRole("region", { name: "Zakończone" }).locator("div:has(> div > h3)");
    const change = async (city) => {
      const made = await api(other.page, "POST", "/leads", { body: { fields: { last_name: "Łącze" } } });
      const { body: job } = await api(other.page, "POST", "/leads/bulk", {
        body: { select: { ids: [made.body.id] }, change: { fields: { city } } },
      });
      for (let i = 0; ; i++) {
        if ((await api(other.page, "GET", `/jobs/${job.id}`)).body.finished_at) return;
        assert.ok(i < 100, "the job does not end");
        await page.waitForTimeout(300);
      }
    };
    await change("Na początek");
    await page.reload();
    await over.first().waitFor(SLOW);
    let known = await over.count();
    await page.waitForTimeout(1000);
    await change("Przedtem");
    await over.nth(known).waitFor(SLOW);
    known += 1;
    wire.cut();
    await page.waitForTimeout(1000);
    await change("Tymczasem");
    assert.equal(await over.count(), known, "the line was not cut");
    wire.mend();
    // What was missed is there, and what comes later arrives.
    await over.nth(known).waitFor(SLOW);
    await change("Potem");
    await over.nth(known + 1).waitFor(SLOW);
    await context.close();
    await other.context.close();
    wire.close();
  });
});

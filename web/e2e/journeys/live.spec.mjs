// What the server says by itself: notices, jobs in other tabs, and all of it again after the line was cut.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, listening, visit } from "../lib.mjs";
import { changeUser, guess, makeUser, unique } from "../made.mjs";

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

/** A user who is then locked out by a wrong password, which administrators are told. */
async function lockOut(admin) {
  const login = process.env.KLUCZNIK_GUESSED ?? `zapominalski.${unique()}`;
  const user = await makeUser(admin, { login, name: "Zenon Zapominalski" });
  await guess(login);
  await changeUser(admin, user.id, { active: false });
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
    await listening(page);
    await listening(cut.page);
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
    await listening(tab);
    const mark = `Zakladka${unique()}`;
    const ids = [];
    for (let i = 0; i < 5; i++) {
      const made = await api(page, "POST", "/leads", { body: { fields: { last_name: `${mark}${i}` } } });
      ids.push(made.body.id);
    }
    const over = tab.getByRole("region", { name: "Zakończone" }).locator("div:has(> div > h3)");
    const { body: job } = await api(page, "POST", "/leads/bulk", {
      body: { select: { ids }, change: { fields: { city: mark } } },
    });
    await over.first().getByText("zmieniono: 5 rekordów").waitFor(SLOW);
    await over.first().getByRole("button", { name: "Cofnij", exact: true }).click();
    // And the other way round.
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    const tray = page.getByRole("dialog", { name: "Zadania w tle" });
    await tray.locator("div:has(> div > h3)").first().getByText("przywrócono: 5 rekordów").waitFor(SLOW);
    await eventually(async () => assert.equal((await api(page, "GET", `/jobs/${job.id}`)).body.undone, true));
    await context.close();
  });

  it("listens again after the line was cut", async () => {
    const { page, context } = await enter(browser, "seller");
    const wire = await line();
    await visit(page, `${wire.url}/jobs`);
    const other = await enter(browser, "seller");
    await visit(other.page, "/jobs");
    // Each job changes one record more than the one before, which tells it from all others.
    const newest = page.getByRole("region", { name: "Zakończone" }).locator("div:has(> div > h3)").first();
    const ids = [];
    const add = async () =>
      ids.push(
        (await api(other.page, "POST", "/leads", { body: { fields: { last_name: "Łącze" } } })).body.id,
      );
    while (ids.length < 6) await add();
    const change = async (city) => {
      await add();
      const { body: job } = await api(other.page, "POST", "/leads/bulk", {
        body: { select: { ids }, change: { fields: { city } } },
      });
      await eventually(async () =>
        assert.ok((await api(other.page, "GET", `/jobs/${job.id}`)).body.finished_at, "the job does not end"),
      );
      return newest.getByText(new RegExp(`zmieniono: ${ids.length} rekord`));
    };
    await listening(page);
    await (await change("Przedtem")).waitFor(SLOW);
    wire.cut();
    const missed = await change("Tymczasem");
    await page.waitForTimeout(1000);
    assert.equal(await missed.count(), 0, "the line was not cut");
    wire.mend();
    // What was missed is there, and what comes later arrives.
    await missed.waitFor(SLOW);
    await (await change("Potem")).waitFor(SLOW);
    await context.close();
    await other.context.close();
    wire.close();
  });
});

// What a browser keeps of a day's work, and what it sends in addresses: nothing about anybody. Once the session is over,
// however that came, nothing of the session is left.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, enter, eventually, PASSWORD, settle, signIn, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";

const { browser, admin, seller } = await office();

/** How the device shows the program; it stays. */
const OF_DEVICE = ["klucznik-lang", "klucznik-theme"];
/** What may be kept while the session lasts: ids of jobs that were put away, and how far pages were scrolled. */
const OF_SESSION = /^(klucznik-jobs-put-away|tsr-scroll-restoration.*)$/;

/** All that a page's own script could find again later. */
const kept = (page) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
    entry: history.state,
    name: window.name,
  }));

const login = (page) => page.locator("input[autocomplete^='username']");
const ended = (page) => page.getByText(say("common:signIn.ended"));
const searchBox = (page) => page.getByPlaceholder(say("list:searchShort"));

/** Nothing of anybody, neither in what is kept nor on the screen. */
async function findsNothing(page, mark) {
  const found = await kept(page);
  assert.ok(!JSON.stringify(found).toLowerCase().includes(mark), JSON.stringify(found));
  assert.deepEqual(
    Object.keys(found.local).filter((key) => !OF_DEVICE.includes(key)),
    [],
  );
  const { databases, caches, workers, cookies, name } = found;
  assert.deepEqual([databases, caches, workers, cookies, name], [[], [], 0, "", ""]);
  return found;
}

/** The session is over: of it nothing is left, in no entry of the history either. */
async function isClean(page, mark) {
  await login(page).waitFor();
  const check = async () => {
    const found = await findsNothing(page, mark);
    assert.deepEqual(found.session, {});
    assert.ok(!(await page.content()).toLowerCase().includes(mark));
  };
  await check();
  for (let n = 0; n < 4; n++) {
    await page.goBack().catch(() => null);
    if (page.url() === "about:blank") break;
    await page.waitForURL(/\/sign-in/);
    await login(page).waitFor();
    await check();
  }
}

/** A day's work with one person whose every value holds the mark; all addresses that were asked meanwhile. */
async function work({ page, context }) {
  const mark = `schowana${unique()}`;
  const addresses = [];
  context.on("request", (request) => {
    addresses.push(request.url(), request.headers().referer ?? "");
  });
  const fields = { first_name: "Gertruda", last_name: mark, city: mark, email: `${mark}@przyklad.example` };
  const made = await api(page, "POST", "/people", { body: { fields } });
  assert.equal(made.status, 201, made.text);
  const row = page.getByRole("link", { name: new RegExp(mark, "i") }).first();
  await visit(page, "/people");
  await searchBox(page).fill(mark);
  await row.waitFor();
  await row.click();
  await page.getByRole("heading", { name: new RegExp(mark, "i"), level: 1 }).waitFor();
  await page.getByRole("tab", { name: say("record:tabs.details") }).click();
  await settle(page);
  await findsNothing(page, mark);
  await page.reload();
  await settle(page);
  await findsNothing(page, mark);
  // A list that somebody sent the address of.
  await page.goto(`/people#f=city%3Aeq%3A${mark}`);
  await row.waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: say("palette:title") }).fill(mark);
  await page
    .getByRole("option", { name: new RegExp(mark, "i") })
    .first()
    .waitFor();
  await page.keyboard.press("Escape");
  const body = { select: { filter: [`city:eq:${mark}`] }, change: { fields: { source: "event" } } };
  const job = await api(page, "POST", "/people/bulk", { body });
  assert.equal(job.status, 202, job.text);
  await visit(page, "/companies");
  const named = ["title", "tray.running", "tray.ended"].map((key) => like(`jobs:${key}`).source);
  await page
    .getByRole("button", { name: new RegExp(named.join("|")) })
    .first()
    .click();
  await page
    .getByRole("button", { name: say("jobs:tray.dismiss") })
    .first()
    .click();
  await eventually(async () =>
    assert.equal((await kept(page)).session["klucznik-jobs-put-away"], JSON.stringify([job.body.id])),
  );
  await page.keyboard.press("Escape");
  await visit(page, "/people");
  await searchBox(page).fill(mark);
  await row.waitFor();
  const found = await findsNothing(page, mark);
  assert.deepEqual(
    Object.keys(found.session).filter((key) => !OF_SESSION.test(key)),
    [],
  );
  return { mark, addresses };
}

/** Something that a later release might keep. */
const plant = (page, mark) =>
  page.evaluate((mark) => {
    localStorage.setItem("planted", mark);
    sessionStorage.setItem("planted", mark);
  }, mark);

/** A day's work in a session that is ended from another one, in the way that `how` says: nothing of it is left. */
async function endedElsewhere(how) {
  const user = await makeUser(admin.page, { roles: [seller] });
  const here = await enter(browser, user.login);
  const there = await enter(browser, user.login);
  const { mark } = await work(here);
  await plant(here.page, mark);
  await how(here.page, async () => assert.equal((await api(there.page, "DELETE", "/sessions")).status, 204));
  await isClean(here.page, mark);
  await here.context.close();
  await there.context.close();
}

describe("a day's work", () => {
  it("is in no address and in no storage, and after signing out nothing is left of it", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const here = await enter(browser, user.login);
    const { page } = here;
    const { mark, addresses } = await work(here);
    assert.ok(addresses.some((one) => one.endsWith("/api/v1/people/query")));
    for (const one of addresses) assert.ok(!decodeURIComponent(one).toLowerCase().includes(mark), one);
    await plant(page, mark);
    await page.getByRole("button", { name: like("common:profile.open") }).click();
    await page.getByRole("menuitem", { name: say("common:profile.signOut") }).click();
    await page.waitForURL(/\/sign-in/);
    await isClean(page, mark);
    // Whoever signs in next in the same tab and goes back finds no words of the one before.
    const other = await makeUser(admin.page, { roles: [seller], like: "otherSeller" });
    await signIn(page, other.login, PASSWORD);
    await page.goBack();
    await page.goBack();
    await settle(page);
    assert.ok(!(await page.content()).toLowerCase().includes(mark));
    await findsNothing(page, mark);
    await here.context.close();
  });

  it("leaves nothing where its session was ended elsewhere", () =>
    endedElsewhere(async (page, end) => {
      await end();
      await ended(page).waitFor({ timeout: 40_000 });
    }));

  it("leaves nothing where its session ended while no page was open", () =>
    endedElsewhere(async (page, end) => {
      await page.goto("about:blank");
      await end();
      await page.goto("/sign-in");
    }));
});

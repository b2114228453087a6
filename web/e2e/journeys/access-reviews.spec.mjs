// A review of access over a team: begun by an administrator, decided on by the lead with the keyboard, what nobody
// confirmed ends with the last day, and an auditor reads what became of all of it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { stale } from "../factors.mjs";
import { rowsOf } from "../files.mjs";
import { api, CAST, enter, eventually, LANG, launch, PASSWORD, visit } from "../lib.mjs";
import { changeUser, like, makeRole, roleId, say, unique } from "../made.mjs";
import { startOwn } from "../own.mjs";
import { seen } from "../seen.mjs";

const TEAM = "Zespół Północ";
/** Undecided rights end within minutes of the last day: the program looks a minute after it began. */
const UPKEEP_MS = 240_000;
const LEAD = "piotr.zielinski";
const REASON = "Od września w innym dziale";

let server;
let browser;
let admin;
let lead;
/** The people of the team, by their names to sign in. */
let people;
/** A role that one of them has besides. */
let extra;
let name;

before(async () => {
  server = await startOwn(() => "", { daysAgo: 21 });
  browser = await launch();
  admin = await enter(browser, "admin");
  const { body } = await api(admin.page, "GET", "/users");
  people = Object.fromEntries(body.items.map((user) => [user.login, user]));
  const rights = { entities: { person: { scopes: { read: "own" }, level: "read", fields: {} } } };
  extra = await makeRole(admin.page, rights);
  const seller = await roleId(admin.page, "seller");
  await changeUser(admin.page, people[CAST.seller].id, { roles: [seller, extra.id] });
  const leads = [seller, await roleId(admin.page, "team_lead")];
  await changeUser(admin.page, people[LEAD].id, { roles: leads });
  lead = await enter(browser, LEAD);
  name = `Kwartał ${unique()}`;
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const rolesOf = async (login) =>
  (await api(admin.page, "GET", `/users/${people[login].id}`)).body.roles.length;
const items = (page) => page.getByRole("list", { name: say("reviews:items") }).getByRole("listitem");
const itemOf = (page, who, what) => items(page).filter({ hasText: who }).filter({ hasText: what });
const sellerRole = () => say("reviews:right.role", { role: LANG === "pl" ? "Handlowiec" : "Seller" });
const extraRole = () => say("reviews:right.role", { role: extra.label[LANG] });

describe("a review of access", () => {
  it("is begun over a team, with its leads and a second person", async () => {
    const { page, faults } = admin;
    await visit(page, "/admin");
    await page.getByRole("link", { name: say("admin:card.reviews.name") }).press("Enter");
    await page.getByText(say("reviews:none")).waitFor();
    await seen(page, "reviews-none");
    await page.getByRole("button", { name: say("reviews:add") }).press("Enter");
    const dialog = page.getByRole("dialog", { name: say("reviews:add") });
    const begin = dialog.getByRole("button", { name: say("reviews:begin"), exact: true });
    assert.ok(await begin.isDisabled(), "it has to say what it is about");
    await dialog.getByRole("textbox", { name: say("reviews:name") }).fill(name);
    await dialog.getByRole("combobox", { name: say("reviews:over.team") }).fill(TEAM);
    await page.getByRole("option", { name: TEAM }).click();
    await seen(page, "reviews-add");
    // The lead cannot review what is the lead's own, and nobody leads the team above.
    await begin.press("Enter");
    await dialog.getByRole("alert").filter({ hasText: people[LEAD].name }).waitFor();
    const second = dialog.getByRole("combobox", { name: say("reviews:who.second") });
    await second.fill(people[CAST.management].name);
    await page.getByRole("option", { name: people[CAST.management].name }).click();
    await begin.press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    const progress = page.getByRole("table", { name: say("reviews:progressTitle") });
    for (const login of [LEAD, CAST.management])
      await progress.getByRole("row").filter({ hasText: people[login].name }).waitFor();
    await seen(page, "reviews-one");
    await visit(page, "/admin/access-reviews");
    await page.getByRole("link", { name }).waitFor();
    await seen(page, "reviews-list");
    assert.deepEqual(faults, []);
  });

  it("has another reviewer in the place of one who asks for it, and none over own rights", async () => {
    const { page, faults } = admin;
    await visit(page, "/admin/access-reviews");
    await page.getByRole("link", { name }).press("Enter");
    const progress = page.getByRole("table", { name: say("reviews:progressTitle") });
    const row = (login) => progress.getByRole("row").filter({ hasText: people[login].name });
    const dialog = page.getByRole("dialog", { name: say("reviews:replace.title") });
    const by = dialog.getByRole("combobox", { name: say("reviews:replace.by") });
    const choose = async (login) => {
      await by.fill(people[login].name);
      await page.getByRole("option", { name: people[login].name }).click();
      await dialog.getByRole("button", { name: say("reviews:replace.button"), exact: true }).press("Enter");
    };
    const open = (login) =>
      row(login)
        .getByRole("button", { name: say("reviews:replace.doOf", { name: people[login].name }) })
        .press("Enter");
    await open(LEAD);
    // The list of people that is open hangs at the end of the page.
    await seen(page, "reviews-replace", { without: ["region"] });
    await choose(CAST.seller);
    await dialog.getByRole("alert").filter({ hasText: people[CAST.seller].name }).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    for (const [from, to] of [
      [CAST.management, CAST.auditor],
      [CAST.auditor, CAST.management],
    ]) {
      await open(from);
      await choose(to);
      await dialog.waitFor({ state: "detached" });
      await row(to).waitFor();
      await row(from).waitFor({ state: "detached" });
    }
    assert.deepEqual(faults, []);
  });

  it("is reached from the notice; the lead confirms one and withdraws one, by keyboard", async () => {
    const { page, faults } = lead;
    await visit(page, "/");
    await page.getByRole("button", { name: like("notices:bell") }).press("Enter");
    const told = page.getByRole("article").filter({ hasText: name }).first();
    await told.getByRole("link", { name: say("notices:reviews") }).press("Enter");
    await page.getByRole("heading", { level: 1, name: say("reviews:mine.title") }).waitFor();
    await seen(page, "reviews-mine");
    await visit(page, "/access-requests");
    await page
      .getByRole("region", { name: say("requests:reviews.heading") })
      .getByRole("link", { name })
      .press("Enter");
    await page.getByRole("heading", { level: 1, name }).waitFor();
    const who = people[CAST.seller].name;
    await itemOf(page, who, sellerRole()).waitFor();
    assert.equal(await itemOf(page, people[LEAD].name, sellerRole()).count(), 0, "nobody reviews one's own");
    await seen(page, "reviews-review");

    const here = () => page.evaluate(() => document.activeElement?.closest("li")?.innerText ?? "");
    const goTo = async (what) => {
      for (let n = 0; n < 10; n++) {
        await page.keyboard.press(n === 0 ? "k" : "j");
        const text = await here();
        if (text.includes(who) && text.includes(what)) return;
      }
      assert.fail(`not reached by the keyboard: ${what}`);
    };
    for (let n = 0; n < 10; n++) await page.keyboard.press("k");
    await goTo(sellerRole());
    await page.keyboard.press("c");
    await itemOf(page, who, sellerRole()).waitFor({ state: "detached" });
    assert.equal(await rolesOf(CAST.seller), 2, "what is confirmed stays");

    await goTo(extraRole());
    await page.keyboard.press("w");
    const dialog = page.getByRole("dialog", { name: say("reviews:take.title") });
    await dialog.getByText(extraRole()).waitFor();
    await dialog.getByLabel(say("reviews:take.reason")).fill(REASON);
    await seen(page, "reviews-withdraw");
    const { body: all } = await api(page, "GET", "/access-reviews");
    const proof = await stale(page, ["password"], `/access-reviews/${all.items[0].id}/withdraw`);
    await dialog.getByRole("button", { name: say("reviews:take.button"), exact: true }).press("Enter");
    // What is taken away takes a fresh proof, in place.
    const asked = page.getByRole("dialog", { name: say("factors:stepUp.title") });
    await asked.locator("input[type='password']").fill(PASSWORD);
    await asked.locator("input[type='password']").press("Enter");
    await dialog.waitFor({ state: "detached" });
    assert.equal(proof.asked.length, 1);
    await itemOf(page, who, extraRole()).waitFor({ state: "detached" });
    assert.equal(await rolesOf(CAST.seller), 1, "what is withdrawn is gone at once");
    await eventually(async () => assert.notEqual(await here(), "", "the keyboard goes on from there"));

    await page.getByText(like("reviews:show.all")).click();
    await itemOf(page, who, REASON).getByText(say("reviews:state.withdrawn"), { exact: true }).waitFor();
    await itemOf(page, who, sellerRole())
      .getByText(say("reviews:state.confirmed"), { exact: true })
      .waitFor();
    await seen(page, "reviews-review-all");
    assert.deepEqual(faults, []);
  });

  it("ends what nobody confirmed with the last day, and shows an auditor all of it", async () => {
    const others = ["magdalena.wojcik", LEAD];
    for (const login of others) assert.ok((await rolesOf(login)) > 0);
    await server.again("", { days: 32 });
    admin = await enter(browser, "admin");
    await eventually(async () => {
      for (const login of others) assert.equal(await rolesOf(login), 0, login);
    }, UPKEEP_MS);
    assert.equal(await rolesOf(CAST.seller), 1, "what was confirmed stays");

    const { page, faults } = await enter(browser, "auditor");
    await visit(page, "/admin/access-reviews");
    await page.getByRole("link", { name }).press("Enter");
    const report = page.getByRole("table", { name: say("reviews:report.title") });
    const row = (login, what) =>
      report.getByRole("row").filter({ hasText: people[login].name }).filter({ hasText: what });
    await row("magdalena.wojcik", sellerRole()).getByText(say("reviews:state.ended")).waitFor();
    await row(CAST.seller, sellerRole()).getByText(say("reviews:state.confirmed")).waitFor();
    await row(CAST.seller, extraRole()).getByText(REASON).waitFor();
    await seen(page, "reviews-report");
    const [taken] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say("disclosures:csv") }).press("Enter"),
    ]);
    const text = readFileSync(await taken.path(), "utf8").replace("\uFEFF", "");
    const [, ...rows] = rowsOf(text, text.split("\n")[0].includes(";") ? ";" : ",");
    assert.equal(rows.length, 5, text);
    assert.ok(rows.some((cells) => cells.includes(REASON)));
    // A printed page has all of it, and no buttons.
    await page.emulateMedia({ media: "print" });
    await row("magdalena.wojcik", sellerRole()).waitFor();
    assert.equal(await page.getByRole("button", { name: say("disclosures:csv") }).count(), 0);
    await page.emulateMedia({ media: "screen" });
    assert.deepEqual(faults, []);
  });
});

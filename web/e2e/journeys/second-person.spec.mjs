// A second person's approval, by two persons: rules, a change of many and an export that are asked for, what the second
// person sees and decides, and what becomes of it. Everybody has been here for weeks: nobody newer could approve.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { rowsOf } from "../files.mjs";
import { api, enter, eventually, LANG, launch, tick, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { startOwn } from "../own.mjs";
import { seen } from "../seen.mjs";

const PAGE = "/access-requests";
const SLOW = { timeout: 60_000 };

let server;
let browser;
/** Who asks; who may change what the seller may, of all; who exports; who administers. */
let seller;
let marketing;
let management;
let admin;

before(async () => {
  server = await startOwn(() => "", { daysAgo: 21 });
  browser = await launch();
  await everybody();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function everybody() {
  [seller, marketing, management, admin] = await Promise.all(
    ["seller", "marketing", "management", "admin"].map((who) => enter(browser, who)),
  );
}

const section = (page, name) => page.getByRole("region", { name: say(name), exact: true });
const toDecide = (page) => section(page, "requests:decide.heading").getByRole("listitem");
const mine = (page) => section(page, "requests:mine.heading").getByRole("listitem");
const stands = (page, how) =>
  mine(page)
    .filter({ hasText: say(`requests:kind.bulk_edit`) })
    .filter({ hasText: say(`requests:how.${how}`) });
const nameOf = async ({ page }) => (await api(page, "GET", "/me")).body.user.name;

/** Two people of the seller's own, with a name that nobody else has. */
async function twoPeople() {
  const last_name = `Wspólna${unique()}`;
  const ids = [];
  for (const first_name of ["Jan", "Ewa"]) {
    const made = await api(seller.page, "POST", "/people", { body: { fields: { first_name, last_name } } });
    assert.equal(made.status, 201, made.text);
    ids.push(made.body.id);
  }
  return { last_name, ids };
}

const titlesOf = (ids) =>
  Promise.all(
    ids.map(async (id) => (await api(seller.page, "GET", `/people/${id}`)).body.fields.job_title ?? null),
  );

/** Chooses the two people of this name in the list. */
async function choose(page, name) {
  await visit(page, "/people");
  await page.getByPlaceholder(say("list:searchShort")).fill(name);
  await page.waitForFunction(() => document.querySelectorAll("tbody tr[data-index]").length === 2);
  await page
    .getByRole("checkbox", { name: like("list:selectAll") })
    .first()
    .check();
}

/** Chooses people and a job title for them, up to the look at what would happen. */
async function lookAtChange(page, { last_name }, title) {
  await choose(page, last_name);
  await page.getByRole("button", { name: say("list:bulk.field"), exact: true }).click();
  const change = page.getByRole("dialog", { name: say("list:bulk.field") });
  const { body } = await api(page, "GET", "/entities");
  const field = body.items.find((e) => e.name === "person").fields.find((f) => f.name === "job_title");
  const label = field.label[LANG];
  await change.getByRole("combobox", { name: say("list:filter.field") }).fill(label);
  await page.getByRole("option", { name: label }).first().click();
  await change.getByLabel(label).last().fill(title);
  await change.getByRole("button", { name: like("list:bulk.run") }).click();
  return page.getByRole("dialog", { name: say("requests:preview.title") });
}

async function askFor(look, why) {
  const send = look.getByRole("button", { name: say("requests:second.ask"), exact: true });
  await look.getByText(say("requests:second.needed")).waitFor();
  assert.ok(await send.isDisabled(), "nobody asks without a reason");
  await look.getByLabel(say("requests:second.reason")).fill(why);
  await send.press("Enter");
  await look.waitFor({ state: "detached" });
}

/** A request of the seller's that waits. */
async function ask(title, why) {
  const people = await twoPeople();
  await askFor(await lookAtChange(seller.page, people, title), why);
  return people;
}

/** Opens what somebody was told of, from the bell. */
async function fromNotice({ page }, title) {
  await page.getByRole("button", { name: like("notices:bell") }).press("Enter");
  const told = page.getByRole("article").filter({ hasText: title }).first();
  await told.getByRole("link", { name: say("notices:requests") }).press("Enter");
  await page.getByRole("heading", { level: 1, name: say("requests:title") }).waitFor();
  await told.waitFor({ state: "detached" });
}

/** Opens a request by its reason, and gives the dialog in which it is decided on. */
async function open({ page }, why) {
  await visit(page, PAGE);
  await toDecide(page).filter({ hasText: why }).getByRole("button").press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText(say("requests:preview.count"), { exact: true }).waitFor();
  return dialog;
}

describe("a second person's approval", () => {
  it("is asked for from a size on that an administrator sets", async () => {
    const { page, faults } = admin;
    await visit(page, "/admin/approvals");
    const number = page.getByLabel(say("admin:approvals.numberOf", { what: say("requests:kind.bulk_edit") }));
    await number.fill("2");
    const when = page.getByRole("combobox", {
      name: say("admin:approvals.whenOf", { what: say("requests:kind.export") }),
    });
    await when.press("Enter");
    await page.getByRole("option", { name: say("admin:approvals.always") }).click();
    await seen(page, "second-rules");
    await page.getByRole("button", { name: say("common:save"), exact: true }).press("Enter");
    await eventually(async () => {
      const { body } = await api(page, "GET", "/approvals/rules");
      assert.deepEqual([body.bulk_edit, body.export], [2, 1]);
    });
    assert.deepEqual(faults, []);
  });

  it("is explained and asked for; the second person looks and approves, and it is done", async () => {
    const why = `Porządki po targach ${unique()}`;
    const people = await twoPeople();
    const look = await lookAtChange(seller.page, people, "Dyrektor");
    await look.getByText(await nameOf(marketing)).waitFor();
    await seen(seller.page, "second-ask");
    await askFor(look, why);
    assert.deepEqual(await titlesOf(people.ids), [null, null], "nothing is done before");
    await visit(seller.page, PAGE);
    await stands(seller.page, "asked").filter({ hasText: why }).waitFor();
    assert.equal(await toDecide(seller.page).count(), 0, "nobody decides on what one asks for oneself");
    await seen(seller.page, "second-mine");
    const { body } = await api(seller.page, "GET", "/approvals?direction=mine");
    const own = await api(seller.page, "POST", `/approvals/${body.items[0].id}/approve`);
    assert.equal(own.status, 404, own.text);
    assert.deepEqual(await titlesOf(people.ids), [null, null]);

    const { page, faults } = marketing;
    await visit(page, "/");
    await fromNotice(marketing, await nameOf(seller));
    await seen(page, "second-to-decide");
    const dialog = await open(marketing, why);
    await dialog.getByText(why).waitFor();
    for (const first of ["Jan", "Ewa"]) await dialog.getByText(`${first} ${people.last_name}`).waitFor();
    await dialog.getByText("Dyrektor").waitFor();
    await seen(page, "second-decide");
    await dialog.getByRole("button", { name: say("requests:second.approve"), exact: true }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await toDecide(page).filter({ hasText: why }).waitFor({ state: "detached" });
    await eventually(async () => assert.deepEqual(await titlesOf(people.ids), ["Dyrektor", "Dyrektor"]));
    assert.deepEqual(faults, []);

    await visit(seller.page, "/");
    await fromNotice(seller, await nameOf(marketing));
    await stands(seller.page, "approved")
      .filter({ hasText: await nameOf(marketing) })
      .waitFor();
  });

  it("lets an export leave, as a file for who asked alone", async () => {
    const { page } = management;
    const { last_name, ids } = await twoPeople();
    const why = `Zestawienie dla zarządu ${unique()}`;
    await choose(page, last_name);
    await page
      .getByRole("button", { name: say("list:export.button"), exact: true })
      .last()
      .click();
    const dialog = page.getByRole("dialog", { name: say("list:export.title") });
    await tick(dialog.getByRole("radio", { name: /^CSV/ }));
    await dialog.getByRole("button", { name: say("list:export.button"), exact: true }).click();
    const look = page.getByRole("dialog", { name: say("requests:preview.title") });
    await askFor(look, why);
    const decide = await open(admin, why);
    await seen(admin.page, "second-decide-export");
    await decide.getByRole("button", { name: say("requests:second.approve"), exact: true }).press("Enter");
    await decide.waitFor({ state: "detached" });
    await visit(page, PAGE);
    await mine(page)
      .filter({ hasText: say("requests:how.approved") })
      .getByRole("link", { name: say("requests:second.job") })
      .press("Enter");
    const file = page.getByRole("button", { name: like("jobs:download") }).first();
    await file.waitFor(SLOW);
    const [taken] = await Promise.all([page.waitForEvent("download", SLOW), file.press("Enter")]);
    const text = readFileSync(await taken.path(), "utf8").slice(1);
    const [, ...rows] = rowsOf(text, text.split("\n")[0].includes(";") ? ";" : ",");
    assert.deepEqual(rows.map(([id]) => id).sort(), ids.sort());
    const { body: jobs } = await api(page, "GET", "/jobs");
    const theirs = await api(admin.page, "GET", `/jobs/${jobs.items[0].id}/file`);
    assert.equal(theirs.status, 404, "who approved gets no file");
  });

  it("is declined with a reason, and withdrawn", async () => {
    const [why, no] = [`Na próbę ${unique()}`, `To są cudzy klienci ${unique()}`];
    const people = await ask("Prezes", why);
    const dialog = await open(marketing, why);
    await dialog.getByRole("button", { name: say("requests:second.declineAsk") }).press("Enter");
    const decline = dialog.getByRole("button", { name: say("requests:decide.decline"), exact: true });
    assert.ok(await decline.isDisabled(), "nobody declines without a reason");
    await dialog.getByLabel(say("requests:second.why")).fill(no);
    await seen(marketing.page, "second-decline");
    await decline.press("Enter");
    await dialog.waitFor({ state: "detached" });
    await visit(seller.page, PAGE);
    await stands(seller.page, "declined").filter({ hasText: no }).waitFor();
    assert.deepEqual(await titlesOf(people.ids), [null, null]);

    const other = await ask("Prezes", `Jednak nie ${unique()}`);
    await visit(seller.page, PAGE);
    await stands(seller.page, "asked")
      .getByRole("button", { name: say("requests:second.withdraw"), exact: true })
      .press("Enter");
    await seller.page
      .getByRole("dialog", { name: say("requests:second.withdrawTitle") })
      .getByRole("button", { name: say("requests:second.withdraw"), exact: true })
      .press("Enter");
    await stands(seller.page, "withdrawn").waitFor();
    await visit(marketing.page, PAGE);
    assert.equal(await toDecide(marketing.page).count(), 0);
    assert.deepEqual(await titlesOf(other.ids), [null, null]);
  });

  it("ends by itself when nobody decides in time", async () => {
    const why = `Nikt nie zdąży ${unique()}`;
    const people = await ask("Prezes", why);
    await server.again("", { days: 8 });
    await everybody();
    await visit(seller.page, PAGE);
    await stands(seller.page, "expired").waitFor();
    await seen(seller.page, "second-all");
    await visit(marketing.page, PAGE);
    await section(marketing.page, "requests:decide.heading").getByText(say("requests:decide.none")).waitFor();
    assert.deepEqual(await titlesOf(people.ids), [null, null]);
  });
});

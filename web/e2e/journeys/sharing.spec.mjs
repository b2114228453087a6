// Sharing one record: somebody who sees none of its owner's opens it by its address, in the chosen fields only, until
// the owner ends that.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { stale } from "../factors.mjs";
import { api, enter, LANG, launch, PASSWORD, visit } from "../lib.mjs";
import { like, listen, makeRole, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

const NAME = LANG === "pl" ? "Imię i nazwisko" : "Full name";
const VIEWER = say("record:share.viewer");
const READ = say("record:access.action.read");
const JOB = `Księgowa ${unique()}`;
let browser;
/** Who shares, and with whom: they are of different teams. */
let seller;
let other;

before(async () => {
  browser = await launch();
  seller = await enter(browser, "seller");
  other = await enter(browser, "otherSeller");
});
after(() => browser.close());

/** The address of a new person of the seller's, and what that one is called. */
async function makePerson() {
  const last_name = `Dzielona${unique()}`;
  const made = await api(seller.page, "POST", "/people", {
    body: { fields: { first_name: "Zofia", last_name, job_title: JOB } },
  });
  assert.equal(made.status, 201, made.text);
  return { at: `/people/${made.body.id}`, name: `Zofia ${last_name}` };
}

const notFound = (page) => page.getByRole("heading", { name: say("common:notFound.title"), level: 1 });
const dialogOf = (page) => page.getByRole("dialog", { name: say("record:share.title") });
const shared = (page) => page.getByRole("region", { name: say("record:share.heading") });

/** A day as it is written into a field. */
const typed = (at) => at.toLocaleDateString("en-GB", { timeZone: "Europe/Warsaw" });

const userOf = async (page) => (await api(page, "GET", "/me")).body.user;

/** Chooses one of those that a select offers. */
async function choose(dialog, label, option) {
  const field = dialog.getByRole("combobox", { name: label });
  await field.focus();
  await field.fill(option);
  await dialog.page().getByRole("option", { name: option, exact: true }).click();
}

async function open(page) {
  await page.getByRole("button", { name: say("record:acts.more") }).click();
  await page.getByRole("menuitem", { name: say("record:acts.share"), exact: true }).click();
  await dialogOf(page).waitFor();
  return dialogOf(page);
}

describe("sharing a record", () => {
  it("shows one of another team the chosen fields, and nothing once it is ended", async () => {
    const { page, faults } = seller;
    const them = await userOf(other.page);
    const { at, name } = await makePerson();
    await visit(other.page, at);
    await notFound(other.page).waitFor();

    await visit(page, `${at}?tab=access`);
    const dialog = await open(page);
    const confirm = dialog.getByRole("button", { name: say("record:share.confirm"), exact: true });
    // Nothing is asked of the server before it is said with whom and why.
    await confirm.click();
    await dialog.getByText(say("record:share.toMissing")).waitFor();
    await dialog.getByText(like("record:reveal.short")).waitFor();
    await seen(page, "share-missing");
    await choose(dialog, say("record:share.to"), them.name);
    await choose(dialog, say("record:share.fields"), NAME);
    await page.keyboard.press("Escape");
    // Said by the server: what is included with what was chosen.
    await dialog.getByText(like("record:share.included")).filter({ hasText: NAME }).waitFor();
    await dialog.getByLabel(say("record:share.reason")).fill("Pomoc przy ofercie");
    await dialog
      .getByText(say("record:share.gets", { name: them.name, role: VIEWER, actions: READ }))
      .waitFor();
    await seen(page, "share");
    // Whoever gives is asked to confirm to be there, and what was typed goes on after that.
    const { asked } = await stale(page, ["password"], `${at}/grants`);
    await confirm.click();
    const question = page.getByRole("dialog", { name: say("factors:stepUp.title") });
    await question.locator("input[type='password']").fill(PASSWORD);
    await question.getByRole("button", { name: say("factors:stepUp.button"), exact: true }).click();
    await page.getByText(say("record:share.done", { name: them.name }), { exact: true }).waitFor();
    assert.equal(asked.length, 1);
    await dialog.waitFor({ state: "detached" });
    const given = shared(page).getByRole("listitem").filter({ hasText: them.name });
    await given.getByText("Pomoc przy ofercie").waitFor();
    // Told beside all who see it, with the end.
    await page
      .getByRole("region", { name: say("record:access.shared"), exact: true })
      .getByRole("listitem")
      .filter({ hasText: them.name })
      .getByText(`${say("record:share.viewer")}, `)
      .waitFor();
    await given.scrollIntoViewIfNeeded();
    // The ledger says it too, in the words that people use.
    const event = page.getByRole("list", { name: say("events:list") }).getByRole("listitem");
    await event
      .filter({ hasText: say("events:act.grant.create") })
      .filter({ hasText: say("events:sharedWith", { name: them.name }) })
      .filter({ hasText: say("events:role", { name: VIEWER }) })
      .waitFor();
    await seen(page, "shared");

    assert.ok((await page.content()).includes(JOB));
    const bodies = listen(other.page);
    await visit(other.page, `${at}?tab=details`);
    await other.page.getByRole("heading", { name, level: 1 }).waitFor();
    assert.ok(!(await other.page.content()).includes(JOB));
    assert.deepEqual(
      (await bodies()).filter((text) => text.includes(JOB)),
      [],
    );
    await other.page.getByRole("button", { name: say("record:acts.more") }).waitFor({ state: "detached" });

    await given.getByRole("button", { name: say("shared:endOf", { name: them.name }) }).click();
    await page.getByText(say("shared:ended", { name: them.name }), { exact: true }).waitFor();
    await shared(page).getByText(say("record:share.none")).waitFor();
    await visit(other.page, at);
    await notFound(other.page).waitFor();
    assert.ok(!(await other.page.content()).includes(name));
    assert.deepEqual([...faults, ...other.faults], []);
  });

  it("is taken back by Undo, and says at its field what the server refuses", async () => {
    const { page } = seller;
    const them = await userOf(other.page);
    const { at } = await makePerson();
    await visit(page, at);
    await page.keyboard.press("s");
    const dialog = dialogOf(page);
    await choose(dialog, say("record:share.to"), them.name);
    await dialog.getByLabel(say("record:share.reason")).fill("Zastępstwo w urlopie");
    const until = dialog.getByLabel(say("record:share.untilLabel"), { exact: true });
    await until.fill("01.02.2020");
    await page.keyboard.press("Tab");
    const confirm = dialog.getByRole("button", { name: say("record:share.confirm"), exact: true });
    await confirm.click();
    await dialog.getByText(/najwyżej za dwa lata|at most two years/).waitFor();
    assert.equal(await until.getAttribute("aria-invalid"), "true");
    await until.fill("");
    await page.keyboard.press("Tab");
    await confirm.click();
    await page.getByText(say("record:share.done", { name: them.name }), { exact: true }).waitFor();
    assert.equal((await api(other.page, "GET", at)).status, 200);
    await page.getByRole("button", { name: say("common:undo.button") }).click();
    await page.getByText(like("common:undo.done")).waitFor();
    assert.equal((await api(other.page, "GET", at)).status, 404);
  });

  it("offers a role that was made here if the user has all of it, and lets it begin later", async () => {
    const { page } = seller;
    const { page: admin, context } = await enter(browser, "admin");
    const rights = (scopes) => ({
      entities: { person: { scopes, level: "read", special: "hidden", trade: null } },
    });
    const less = await makeRole(admin, rights({ read: "own" }));
    const more = await makeRole(admin, rights({ read: "own", erase: "own" }));
    await context.close();
    const them = await userOf(other.page);
    const { at } = await makePerson();
    await visit(page, `${at}?tab=access`);
    const dialog = await open(page);
    await choose(dialog, say("record:share.to"), them.name);
    const role = dialog.getByRole("combobox", { name: say("record:share.role") });
    await role.click();
    await page.getByRole("option", { name: less.label.pl, exact: true }).waitFor();
    assert.equal(await page.getByRole("option", { name: more.label.pl, exact: true }).count(), 0);
    await page.getByRole("option", { name: less.label.pl, exact: true }).click();
    const begins = new Date(Date.now() + 3 * 86_400_000);
    await dialog.getByLabel(say("record:share.fromLabel"), { exact: true }).fill(typed(begins));
    await page.keyboard.press("Tab");
    await dialog.getByLabel(say("record:share.reason")).fill("Zastępstwo od poniedziałku");
    await dialog.getByRole("button", { name: say("record:share.confirm"), exact: true }).click();
    const given = shared(page).getByRole("listitem").filter({ hasText: them.name });
    await given.getByText(say("shared:state.pending")).waitFor();
    await given.getByText(less.label.pl).waitFor();
    assert.equal((await api(other.page, "GET", at)).status, 404, "not before that day");
    const { body } = await api(page, "GET", `${at}/grants`);
    const from = new Date(body.items[0].from);
    const clock = from.toLocaleTimeString("en-GB", { timeZone: "Europe/Warsaw" });
    assert.deepEqual([typed(from), clock], [typed(begins), "00:00:00"], "from the beginning of that day");
  });

  it("is not offered to whoever may not share", async () => {
    const { page, context } = await enter(browser, "management");
    const { at } = await makePerson();
    await visit(page, `${at}?tab=access`);
    const { body } = await api(page, "GET", at);
    assert.ok(!body.access.actions.includes("share"));
    assert.equal(await page.getByRole("button", { name: say("record:acts.share") }).count(), 0);
    assert.equal(await shared(page).count(), 0);
    await context.close();
  });
});

// What was shared, in one place: a lead for somebody of another team until tomorrow, found there, given back and renewed.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { stale } from "../factors.mjs";
import { api, enter, LANG, launch, PASSWORD, settle, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

const DAY_MS = 86_400_000;
const VIEWER = "6b6c7563-0000-8000-8000-7a6e696b0008";
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

/** Whoever has read what was told so far is told of the next thing by itself, with the way to its record. */
async function readNotices(page) {
  const { items } = (await api(page, "GET", "/notices")).body;
  const ids = items.filter(({ read_at }) => read_at === null).map(({ id }) => id);
  if (ids.length > 0) assert.equal((await api(page, "POST", "/notices/read", { body: { ids } })).status, 204);
}

const userOf = async (page) => (await api(page, "GET", "/me")).body.user;

/** A new lead of the seller's. */
async function makeLead() {
  const last_name = `Wspólna${unique()}`;
  const made = await api(seller.page, "POST", "/leads", {
    body: { fields: { first_name: "Ewa", last_name } },
  });
  assert.equal(made.status, 201, made.text);
  return { id: made.body.id, at: `/leads/${made.body.id}`, name: `Ewa ${last_name}` };
}

/** Shares it by the API, until so many days from now. */
async function share({ at }, to, { days = 1, related = false } = {}) {
  const body = {
    to,
    role: VIEWER,
    with_related: related,
    until: new Date(Date.now() + days * DAY_MS).toISOString(),
    reason: "Pomoc przy ofercie",
  };
  const made = await api(seller.page, "POST", `${at}/grants`, { body });
  assert.equal(made.status, 201, made.text);
  return made.body;
}

/** A day as it is written into a field. */
const typed = (days) =>
  new Date(Date.now() + days * DAY_MS).toLocaleDateString("en-GB", { timeZone: "Europe/Warsaw" });

/** The row of a record on the page. */
const row = (page, name) => page.getByRole("main").getByRole("listitem").filter({ hasText: name });

const nav = (page) => page.getByRole("navigation", { name: say("common:nav.label") });
const tab = (page, which) => page.getByRole("tab", { name: say(`shared:tabs.${which}`), exact: true });

/** Gives what is asked for again: the password. */
async function confirm(page) {
  const question = page.getByRole("dialog", { name: say("factors:stepUp.title") });
  await question.locator("input[type='password']").fill(PASSWORD);
  await question.getByRole("button", { name: say("factors:stepUp.button"), exact: true }).click();
}

describe("what was shared", () => {
  it("is found under With me until it is given back", async () => {
    const lead = await makeLead();
    const them = await userOf(other.page);
    await readNotices(other.page);
    const { page } = seller;
    await visit(page, lead.at);
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: say("record:share.title") });
    const to = dialog.getByRole("combobox", { name: say("record:share.to") });
    await to.fill(them.name);
    await page.getByRole("option", { name: them.name, exact: true }).click();
    await dialog.getByLabel(say("record:share.untilLabel"), { exact: true }).fill(typed(1));
    await page.keyboard.press("Tab");
    await dialog.getByLabel(say("record:share.reason")).fill("Pomoc przy ofercie");
    await dialog.getByRole("button", { name: say("record:share.confirm"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });

    const { page: theirs } = other;
    await visit(theirs, "/");
    await nav(theirs)
      .getByRole("link", { name: say("common:nav.shared") })
      .click();
    await theirs.getByRole("heading", { name: say("shared:title"), level: 1 }).waitFor();
    const mine = row(theirs, lead.name);
    await mine.getByText(say("record:share.viewer"), { exact: true }).waitFor();
    const tomorrow = LANG === "pl" ? "jutro" : "tomorrow";
    await mine.getByText(say("shared:endsSoon", { when: tomorrow }), { exact: true }).waitFor();
    await mine.getByText((await userOf(page)).name).waitFor();
    assert.equal(await mine.getByRole("button", { name: say("shared:renewOf", lead) }).count(), 0);
    await settle(theirs);
    await seen(theirs, "shared-with-me");
    await mine.getByRole("link", { name: lead.name }).click();
    await theirs.getByRole("heading", { name: lead.name, level: 1 }).waitFor();
    // They are told of it too, with the way there.
    await visit(theirs, "/notifications");
    await theirs.locator(`main a[href="${lead.at}"]`).first().waitFor();
    await theirs
      .getByRole("link", { name: say("notices:shared") })
      .first()
      .click();
    await theirs.getByRole("heading", { name: say("shared:title"), level: 1 }).waitFor();

    await mine.getByRole("button", { name: say("shared:returnOf", lead) }).click();
    const question = theirs.getByRole("dialog", { name: say("shared:return") });
    await question.getByText(say("shared:returnText", lead)).waitFor();
    await seen(theirs, "shared-return");
    await question.getByRole("button", { name: say("shared:return"), exact: true }).click();
    await theirs.getByText(say("shared:returned"), { exact: true }).waitFor();
    await mine.waitFor({ state: "detached" });
    assert.equal((await api(theirs, "GET", lead.at)).status, 404);
    assert.deepEqual([...seller.faults, ...other.faults], []);
  });

  it("is renewed by whoever gave it, who confirms to be there", async () => {
    const lead = await makeLead();
    const them = await userOf(other.page);
    const { id } = await share(lead, { user: them.id });
    const { page } = seller;
    await visit(page, "/shared");
    await tab(page, "given").click();
    const given = row(page, lead.name);
    await given.getByText(say("shared:to", { name: them.name }), { exact: true }).waitFor();
    await settle(page);
    await seen(page, "shared-by-me");
    await given.getByRole("button", { name: say("shared:renewOf", lead) }).click();
    const dialog = page.getByRole("dialog", { name: say("shared:renewTitle") });
    const until = dialog.getByLabel(say("shared:until"));
    await until.fill("01.02.2020");
    await page.keyboard.press("Tab");
    const renew = dialog.getByRole("button", { name: say("shared:renew"), exact: true });
    await renew.click();
    await dialog
      .getByText(/najwyżej za dwa lata|at most two years from now\./)
      .last()
      .waitFor();
    await until.and(page.locator('[aria-invalid="true"]')).waitFor();
    await until.fill(typed(60));
    await page.keyboard.press("Tab");
    await seen(page, "shared-renew");
    const { asked } = await stale(page, ["password"], `/grants/${id}/renewal`);
    await renew.click();
    await confirm(page);
    await dialog.waitFor({ state: "detached" });
    assert.equal(asked.length, 1);
    await given.getByText(like("shared:endsSoon")).waitFor({ state: "detached" });
    const { body } = await api(page, "GET", `${lead.at}/grants`);
    const end = new Date(body.items[0].until).toLocaleDateString("en-GB", { timeZone: "Europe/Warsaw" });
    assert.equal(end, typed(60));
    // The record says it too, and both can be done there.
    await given.getByRole("link", { name: lead.name }).click();
    await page.getByRole("tab", { name: say("record:tabs.access") }).click();
    const there = page
      .getByRole("region", { name: say("record:share.heading") })
      .getByRole("listitem")
      .filter({ hasText: them.name });
    await there.getByRole("button", { name: say("shared:renewOf", them) }).waitFor();
    await page
      .getByRole("list", { name: say("events:list") })
      .getByText(say("events:act.grant.renew"), { exact: true })
      .waitFor();
    await there.getByRole("button", { name: say("shared:endOf", them) }).click();
    await page.getByText(say("shared:ended", them), { exact: true }).waitFor();
    await visit(page, "/shared?tab=given");
    await row(page, lead.name).waitFor({ state: "detached" });
    assert.deepEqual(seller.faults, []);
  });

  it("says of a note that it is shared with the lead it belongs to", async () => {
    const lead = await makeLead();
    const them = await userOf(other.page);
    const { page } = seller;
    const body = { fields: { body: "Oddzwonić w piątek" }, parent: { entity: "lead", id: lead.id } };
    const note = await api(page, "POST", "/notes", { body });
    assert.equal(note.status, 201, note.text);
    await share(lead, { user: them.id }, { related: true });
    await visit(page, `/notes/${note.body.id}?tab=access`);
    const region = page.getByRole("region", { name: say("record:share.heading") });
    await region.getByText(them.name).waitFor();
    await region.getByText(say("record:share.noneItself"), { exact: true }).waitFor();
    await page
      .getByRole("region", { name: say("record:access.shared"), exact: true })
      .getByText(say("record:access.throughParent"))
      .waitFor();
    await settle(page);
    await seen(page, "shared-through-parent");
    await region.getByRole("link", { name: say("record:share.seeParent", { title: lead.name }) }).click();
    await page.getByRole("heading", { name: lead.name, level: 1 }).waitFor();
    await page
      .getByRole("region", { name: say("record:share.heading") })
      .getByRole("listitem")
      .filter({ hasText: them.name })
      .waitFor();
    assert.deepEqual(seller.faults, []);
  });

  it("is all that somebody without roles finds, in the menu and in its list", async () => {
    const admin = await enter(browser, "admin");
    const user = await makeUser(admin.page, { like: "otherSeller" });
    await admin.context.close();
    const lead = await makeLead();
    const { page, context, faults } = await enter(browser, user.login);
    await visit(page, "/");
    const links = () => nav(page).getByRole("link").allTextContents();
    const before = await links();
    await visit(page, "/leads");
    await page.getByText(say("common:noAccess.title")).waitFor();
    await share(lead, { user: user.id });
    await visit(page, "/");
    await page.getByText(say("home:onlyShared.title")).waitFor();
    const after = (await links()).filter((label) => !before.includes(label));
    assert.deepEqual(after, [LANG === "pl" ? "Leady" : "Leads", say("common:nav.shared")]);
    await seen(page, "shared-only");
    await nav(page).getByRole("link", { name: after[0] }).click();
    await page.getByRole("link", { name: lead.name }).first().click();
    await page.getByRole("heading", { name: lead.name, level: 1 }).waitFor();
    await settle(page);
    await seen(page, "shared-only-lead");
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is nothing yet: that is said, with the way on", async () => {
    const { page, context, faults } = await enter(browser, "management");
    for (const which of ["received", "given"]) {
      await visit(page, `/shared?tab=${which}`);
      await page.getByText(say(`shared:empty.${which}`), { exact: true }).waitFor();
      await seen(page, `shared-none-${which}`);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });
});

// Sharing many records at once: what it comes to is looked at before, somebody of another team opens them, and all of it
// is undone as one. From a size on a second person has to approve, also where records are shared one by one.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, setApprovalRules, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

let browser;
let admin;
let seller;
let other;
/** What the rules were, to be put back. */
let rules;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
  other = await enter(browser, "otherSeller");
});
after(async () => {
  if (rules) await setRules(rules);
  await browser.close();
});

const setRules = (change) => setApprovalRules(admin.page, change);

/** Two people of the seller's, with one name. */
async function people() {
  const name = `Wspólna${unique()}`;
  const ids = [];
  for (const first_name of ["Jan", "Ewa"]) {
    const body = { fields: { first_name, last_name: name } };
    const made = await api(seller.page, "POST", "/people", { body });
    assert.equal(made.status, 201, made.text);
    ids.push(made.body.id);
  }
  return { name, ids };
}

const nameOf = async (page) => (await api(page, "GET", "/me")).body.user.name;

/** Whether somebody sees a record. */
const sees = async (page, id) => (await api(page, "GET", `/people/${id}`)).status === 200;

async function fill(dialog, whom) {
  const field = dialog.getByRole("combobox", { name: say("record:share.to") });
  await field.focus();
  await field.fill(whom);
  await dialog.page().getByRole("option", { name: whom, exact: true }).click();
  await dialog.getByLabel(say("record:share.reason")).fill("Wspólna kampania");
}

const lookOf = (page) => page.getByRole("dialog", { name: say("requests:preview.title") });

describe("sharing many records", () => {
  it("is looked at, done as one act and undone as one", async () => {
    const { page } = seller;
    const whom = await nameOf(other.page);
    const { name, ids } = await people();
    await visit(page, "/people");
    await page.getByPlaceholder(say("list:searchShort")).fill(name);
    const rows = page.locator("tbody tr[data-index]");
    while ((await rows.count()) !== ids.length) await page.waitForTimeout(100);
    await page
      .getByRole("checkbox", { name: like("list:selectAll") })
      .first()
      .check();
    await page.getByRole("button", { name: say("list:bulk.share"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: say("list:bulk.shareTitle") });
    await dialog.waitFor();
    await dialog.getByRole("button", { name: say("list:bulk.shareLook"), exact: true }).click();
    await dialog.getByText(say("record:share.toMissing")).waitFor();
    await fill(dialog, whom);
    await seen(page, "share-many");
    await dialog.getByRole("button", { name: say("list:bulk.shareLook"), exact: true }).click();
    const look = lookOf(page);
    await look.getByText(say("requests:kind.bulk_share"), { exact: true }).waitFor();
    await look.getByText(whom).waitFor();
    await look.getByText(say("requests:preview.undo")).waitFor();
    await seen(page, "share-many-look");
    for (const id of ids) assert.equal(await sees(other.page, id), false);
    await look.getByRole("button", { name: like("list:bulk.shareRun") }).click();
    const told = page.getByRole("alert").filter({ has: page.getByText(like("list:job.done.share")) });
    await told.waitFor();
    await dialog.waitFor({ state: "detached" });
    for (const id of ids) assert.equal(await sees(other.page, id), true);
    await told.getByRole("button", { name: say("common:undo.button") }).click();
    await told.waitFor({ state: "detached" });
    for (let tries = 0; await sees(other.page, ids[0]); tries += 1) {
      assert.ok(tries < 100, "it goes on");
      await page.waitForTimeout(100);
    }
    assert.equal(await sees(other.page, ids[1]), false);
  });

  it("needs a second person where the rules say so, one by one too", async () => {
    const { page } = seller;
    rules = await setRules({ bulk_share: 1 });
    await visit(admin.page, "/admin/approvals");
    await admin.page.getByText(say("requests:kind.bulk_share"), { exact: true }).waitFor();
    const { ids } = await people();
    await visit(page, `/people/${ids[0]}`);
    await page.getByRole("button", { name: say("record:acts.more") }).click();
    await page.getByRole("menuitem", { name: say("record:acts.share"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: say("record:share.title") });
    await fill(dialog, await nameOf(other.page));
    await dialog.getByRole("button", { name: say("record:share.confirm"), exact: true }).click();
    const look = lookOf(page);
    await look.getByText(say("requests:second.needed")).waitFor();
    // Nobody of an instance made a moment ago could approve: that is said, and nothing is given.
    await look.getByText(say("requests:second.nobody")).waitFor();
    await seen(page, "share-second");
    await look.getByLabel(say("requests:second.reason")).fill("Wspólna kampania");
    await look.getByRole("button", { name: say("requests:second.ask"), exact: true }).click();
    await look.getByRole("alert").filter({ hasText: "Nikt inny" }).waitFor();
    assert.equal(await sees(other.page, ids[0]), false);
  });
});

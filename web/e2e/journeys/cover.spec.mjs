// Cover for an absence: a colleague of another team sees what somebody owns, is told so, and no more once it is ended.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "../a11y.mjs";
import { api, enter, launch, setApprovalRules, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

/** A colleague of the seller's team, who leads it for a while. */
const LEAD = "magdalena.wojcik";
const ACCOUNT = "/account?tab=cover";
let browser;
let away;
let stand;
let admin;
let rules;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  // They own more than a day's share.
  rules = await setApprovalRules(admin.page, { bulk_share: null });
  away = await enter(browser, "seller");
  stand = await enter(browser, "otherSeller");
});
after(async () => {
  if (rules) await setApprovalRules(admin.page, rules);
  await browser.close();
});

const userOf = async (page) => (await api(page, "GET", "/me")).body.user;
const banner = (page) => page.getByRole("alert").filter({ hasText: say("cover:banner.open") });

async function choose(dialog, label, option) {
  const field = dialog.getByRole("combobox", { name: label });
  await field.focus();
  await field.fill(option);
  await dialog.page().getByRole("option", { name: option }).first().click();
}

describe("cover for an absence", () => {
  it("is set up on the page of the account, shown to both, and ended", async () => {
    const { page } = away;
    const [me, them] = [await userOf(page), await userOf(stand.page)];
    const last_name = `Zastępowana${unique()}`;
    const made = await api(page, "POST", "/people", { body: { fields: { first_name: "Zofia", last_name } } });
    const at = `/people/${made.body.id}`;
    assert.equal((await api(stand.page, "GET", at)).status, 404);

    await visit(page, ACCOUNT);
    await page.getByText(say("cover:none"), { exact: true }).waitFor();
    await page.getByRole("button", { name: say("cover:add"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: say("cover:add") });
    const confirm = dialog.getByRole("button", { name: say("cover:add"), exact: true });
    // Whose it is, only those choose who can do it for others.
    assert.equal(await dialog.getByRole("combobox", { name: say("cover:of") }).count(), 0);
    await confirm.click();
    await dialog.getByText(say("cover:toMissing")).waitFor();
    await dialog.getByText(like("cover:short")).waitFor();
    await choose(dialog, say("cover:to"), them.name);
    await dialog.getByLabel(say("cover:reason")).fill("Urlop wypoczynkowy");
    await seen(page, "cover-add");
    await confirm.click();
    await page.getByText(say("cover:done", { name: them.name }), { exact: true }).waitFor();
    await page.getByRole("row").filter({ hasText: them.name }).getByText("Urlop wypoczynkowy").waitFor();
    await seen(page, "cover-list");
    assert.deepEqual(await findings(page), []);
    await visit(page, "/");
    await banner(page).getByText(them.name).waitFor();

    await visit(stand.page, "/");
    await banner(stand.page).getByText(me.name).waitFor();
    await seen(stand.page, "cover-banner");
    await visit(stand.page, at);
    await stand.page.getByRole("heading", { name: `Zofia ${last_name}`, level: 1 }).waitFor();

    await visit(page, ACCOUNT);
    await page.getByRole("button", { name: say("cover:endOf", { name: them.name }) }).click();
    const question = page.getByRole("dialog", { name: say("cover:endTitle") });
    await question.getByRole("button", { name: say("cover:end"), exact: true }).click();
    await page.getByText(say("cover:ended"), { exact: true }).waitFor();
    await page.getByText(say("cover:none"), { exact: true }).waitFor();
    assert.equal((await api(stand.page, "GET", at)).status, 404);
    await visit(stand.page, "/");
    assert.equal(await banner(stand.page).count(), 0);
    assert.deepEqual([...away.faults, ...stand.faults], []);
  });

  it("is set up by whoever leads for somebody of the team", async () => {
    const admin = await enter(browser, "admin");
    const all = (await api(admin.page, "GET", "/roles")).body.items;
    const users = (await api(admin.page, "GET", "/users")).body.items;
    const colleague = users.find(({ login }) => login === LEAD);
    const role = all.find(({ name }) => name === "team_lead").id;
    const at = `/users/${colleague.id}`;
    const given = await api(admin.page, "PATCH", at, {
      body: { roles: [...colleague.roles, role] },
      version: colleague.version,
    });
    assert.equal(given.status, 200, given.text);
    const { page, context } = await enter(browser, LEAD);
    const [absent, them] = [await userOf(away.page), await userOf(stand.page)];
    await visit(page, ACCOUNT);
    await page.getByRole("button", { name: say("cover:add"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: say("cover:add") });
    await choose(dialog, say("cover:of"), absent.name);
    await choose(dialog, say("cover:to"), them.name);
    await dialog.getByLabel(say("cover:reason")).fill("Urlop wypoczynkowy");
    await dialog.getByRole("button", { name: say("cover:add"), exact: true }).click();
    await page.getByText(say("cover:done", { name: them.name }), { exact: true }).waitFor();
    const row = page.getByRole("row").filter({ hasText: absent.name });
    await row.getByText(say("cover:state.in_force"), { exact: true }).waitFor();
    // The one who is away is told, and can end it.
    const { body } = await api(away.page, "GET", "/covers");
    assert.equal(body.items[0].reason, "Urlop wypoczynkowy");
    await visit(away.page, "/notifications");
    await away.page
      .getByRole("link", { name: say("notices:covers") })
      .first()
      .click();
    await away.page.getByRole("button", { name: say("cover:endOf", { name: them.name }) }).waitFor();
    assert.equal((await api(away.page, "DELETE", `/grants/${body.items[0].id}`)).status, 204);
    const { version } = (await api(admin.page, "GET", at)).body;
    await api(admin.page, "PATCH", at, { body: { roles: colleague.roles }, version });
    for (const window of [context, admin.context]) await window.close();
  });
});

// How long sessions last and from where: rules of roles, as an administrator sets them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, listening, visit } from "../lib.mjs";
import { like, makeRole, makeUser, say } from "../made.mjs";
import { seen } from "../seen.mjs";

const PAGE = "/admin/sessions";

let browser;
let admin;
before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
});
after(async () => {
  const { body } = await api(admin.page, "GET", "/sessions/rules");
  await put({ everyone: {}, roles: {} }, body.version);
  await browser.close();
});

const rules = async () => (await api(admin.page, "GET", "/sessions/rules")).body;
const put = (body, version) => api(admin.page, "PUT", "/sessions/rules", { body, version });

/** The fields of a role on a page. */
const fields = (page, role) => {
  const at = (key) => page.getByLabel(say(`admin:rules.${key}`, { role }), { exact: true });
  return { idle: at("idleOf"), absolute: at("absoluteOf"), networks: at("networksOf") };
};
const save = (page) => page.getByRole("button", { name: say("common:save"), exact: true });
const saved = (page) => page.getByText(say("admin:rules.saved")).last();

/** A role of its own, and what the page calls it. */
async function aRole() {
  const role = await makeRole(admin.page, { things: { roles: "read" } });
  return { id: role.id, name: role.label.pl };
}

describe("rules of sessions", () => {
  it("are set by the keyboard, hold at once, and are said to whom they end", async () => {
    const { page, faults } = admin;
    const role = await aRole();
    const user = await makeUser(page, { roles: [role.id] });
    const theirs = await enter(browser, user.login);
    await visit(page, "/admin");
    await page.getByRole("link", { name: say("admin:card.sessions.name") }).press("Enter");
    await page.getByRole("heading", { name: say("admin:card.sessions.name"), level: 1 }).waitFor();
    const { idle, absolute, networks } = fields(page, role.name);
    await idle.fill("10");
    await page.keyboard.press("Tab");
    assert.ok(await absolute.evaluate((input) => input === document.activeElement));
    await page.keyboard.type("120");
    await page.keyboard.press("Tab");
    await page.keyboard.type("192.0.2.0/24, 2001:db8::1");
    await seen(page, "session-rules");
    await networks.press("Enter");
    await saved(page).waitFor();
    assert.deepEqual((await rules()).roles[role.id], {
      idle_minutes: 10,
      absolute_minutes: 120,
      networks: ["192.0.2.0/24", "2001:db8::1/128"],
    });
    // Not from here any more: the page that was open says why, and so does the next sign-in.
    assert.ok([401, 403].includes((await api(theirs.page, "GET", "/me")).status));
    await theirs.page.goto("/");
    await theirs.page.locator("h1").waitFor();
    await seen(theirs.page, "session-elsewhere");
    await theirs.context.close();
    await networks.fill("");
    await save(page).click();
    await eventually(async () => assert.deepEqual((await rules()).roles[role.id].networks ?? [], []));
    assert.deepEqual(faults, []);
  });

  it("are refused at the field they are in", async () => {
    const { page } = admin;
    const role = await aRole();
    await visit(page, PAGE);
    const { networks, idle, absolute } = fields(page, role.name);
    await networks.fill("to nie sieć");
    await idle.fill("60");
    await absolute.fill("30");
    await save(page).click();
    await page.getByRole("alert").first().waitFor();
    await eventually(async () => assert.equal(await networks.getAttribute("aria-invalid"), "true"));
    assert.equal(await networks.inputValue(), "to nie sieć", "what was typed stays");
    const alert = await page.getByRole("alert").first().innerText();
    assert.ok(!/roles\.|_minutes/.test(alert), `no names of the API: ${alert}`);
    assert.ok(alert.includes(role.name), `it says whose: ${alert}`);
    await seen(page, "session-rules-refused");
    // What would shut out whoever sets it is refused, and everything is as it was.
    await visit(page, PAGE);
    await fields(page, say("admin:rules.everyone")).networks.fill("192.0.2.1");
    await save(page).click();
    await page.getByRole("alert").first().waitFor();
    await seen(page, "session-rules-own");
    assert.equal((await api(page, "GET", "/me")).status, 200);
    assert.deepEqual((await rules()).everyone.networks ?? [], []);
  });

  it("changed by somebody else meanwhile: what was typed stays, beside what is saved now", async () => {
    const { page } = admin;
    const [mine, theirs] = [await aRole(), await aRole()];
    await visit(page, PAGE);
    await listening(page);
    await fields(page, mine.name).idle.fill("20");
    const { version, ...now } = await rules();
    const other = { idle_minutes: 30, absolute_minutes: null, networks: [] };
    const roles = { ...now.roles, [mine.id]: other, [theirs.id]: other };
    assert.equal((await put({ ...now, roles }, version)).status, 200);
    await save(page).click();
    await page.getByText(say("admin:conflict")).waitFor();
    assert.equal(await fields(page, mine.name).idle.inputValue(), "20", "what was typed stays");
    await page.getByText(like("admin:theirs")).filter({ hasText: "30" }).waitFor();
    await eventually(async () =>
      assert.equal(await fields(page, theirs.name).idle.inputValue(), "30", "what was not touched is theirs"),
    );
    await seen(page, "session-rules-conflict");
    await save(page).click();
    await saved(page).waitFor();
    const after = await rules();
    assert.deepEqual(
      [after.roles[mine.id].idle_minutes, after.roles[theirs.id].idle_minutes],
      [20, 30],
      "saved again, only what was touched changes",
    );
    assert.equal(await page.getByText(say("admin:conflict")).count(), 0);
  });

  it("are shown without a way to change them to whoever may but look", async () => {
    const [role, rule] = [await aRole(), await aRole()];
    const { version, ...now } = await rules();
    const roles = { ...now.roles, [rule.id]: { idle_minutes: 45 } };
    assert.equal((await put({ ...now, roles }, version)).status, 200);
    const user = await makeUser(admin.page, { roles: [role.id] });
    const { page, context } = await enter(browser, user.login);
    await visit(page, PAGE);
    const row = page.getByRole("row").filter({ hasText: rule.name });
    await row.getByText("45", { exact: true }).waitFor();
    assert.equal(await page.getByRole("table").locator("input").count(), 0);
    assert.equal(await save(page).count(), 0);
    await seen(page, "session-rules-read");
    await context.close();
  });
});

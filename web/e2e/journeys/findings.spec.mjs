// What is found of rights: roles that do not go together and records without an owner, and what is done about it from
// there.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, visit } from "../lib.mjs";
import { makeRole, makeUser, say } from "../made.mjs";
import { seen } from "../seen.mjs";

const PAGE = "/admin/findings";

let browser;
let admin;
let earlier;
before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  earlier = (await conflicts()).pairs;
});
after(async () => {
  const { version } = await conflicts();
  await api(admin.page, "PUT", "/role-conflicts", { body: { pairs: earlier }, version });
  await browser.close();
});

const conflicts = async () => (await api(admin.page, "GET", "/role-conflicts")).body;
const rights = { entities: { person: { scopes: { read: "own" }, level: "read", fields: {} } } };

describe("findings", () => {
  it("are reached by the keyboard, kind by kind, and say what is known", async () => {
    const { page, faults } = admin;
    await visit(page, "/admin");
    await page.getByRole("link", { name: say("admin:card.findings.name") }).press("Enter");
    await page.getByRole("heading", { name: say("admin:card.findings.name"), level: 1 }).waitFor();
    const tab = (kind) => page.getByRole("tab", { name: say(`admin:findings.kind.${kind}`) });
    await tab("unused_role").focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText(say("admin:findings.text.unused_grant")).waitFor();
    await seen(page, "findings");
    await tab("orphaned_records").press("Enter");
    await page.getByText(say("admin:findings.text.orphaned_records")).waitFor();
    assert.ok(page.url().includes("orphaned_records"), "the address says which");
    assert.deepEqual(faults, []);
  });

  it("name who holds roles that do not go together, and take one away", async () => {
    const { page } = admin;
    const [one, two] = [await makeRole(page, rights), await makeRole(page, rights)];
    const user = await makeUser(page, { roles: [one.id, two.id] });
    await visit(page, `${PAGE}?tab=conflicting_roles`);
    const pairs = page.getByRole("region", { name: say("admin:conflicts.title") });
    for (const [key, role] of [
      ["first", one],
      ["second", two],
    ]) {
      const select = pairs.getByRole("combobox", { name: say(`admin:conflicts.${key}`) });
      await select.fill(role.label.pl);
      await page.getByRole("option", { name: role.label.pl, exact: true }).click();
    }
    await pairs.getByRole("button", { name: say("admin:conflicts.add"), exact: true }).click();
    const row = page.getByRole("row").filter({ hasText: user.name });
    await row.waitFor();
    await seen(page, "findings-conflicts");
    // Beside the choice of roles it is said, too.
    await visit(page, `/admin/users/${user.id}`);
    const both = say("admin:conflicts.pair", { a: one.label.pl, b: two.label.pl });
    const other = say("admin:conflicts.pair", { a: two.label.pl, b: one.label.pl });
    await page
      .getByRole("status")
      .filter({ hasText: both })
      .or(page.getByRole("status").filter({ hasText: other }))
      .waitFor();
    await visit(page, `${PAGE}?tab=conflicting_roles`);
    const name = user.name;
    await page
      .getByRole("button", { name: say("admin:findings.withdrawOf", { role: two.label.pl, name }) })
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(say("admin:findings.withdrawText", { name })).waitFor();
    await dialog.getByRole("button", { name: say("admin:findings.withdraw"), exact: true }).click();
    await row.waitFor({ state: "detached" });
    const { body: now } = await api(page, "GET", `/users/${user.id}`);
    assert.deepEqual(now.roles, [one.id]);
    // Refused from now on.
    const [a, b] = one.id < two.id ? [one, two] : [two, one];
    const refuse = say("admin:conflicts.refuseOf", { a: a.label.pl, b: b.label.pl });
    await pairs.getByRole("switch", { name: refuse }).press("Space");
    await eventually(async () => {
      const pair = (await conflicts()).pairs.find(({ roles }) => roles.includes(one.id));
      assert.equal(pair.refuse, true);
    });
    const body = { roles: [one.id, two.id] };
    const refused = await api(page, "PATCH", `/users/${user.id}`, { body, version: now.version });
    assert.equal(refused.status, 422, refused.text);
  });
});

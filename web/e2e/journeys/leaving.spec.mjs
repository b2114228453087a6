// Whoever leaves: the account is suspended, and what the person owns goes to others, and back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, CAST, enter, eventually, launch, settle, visit } from "../lib.mjs";
import { like, makeRole, makeUser, roleId, say, unique } from "../made.mjs";
import { seen as picture } from "../seen.mjs";

let browser;
let admin;
before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
});
after(() => browser.close());

/** Somebody who looks after users and sees all companies and notes. */
async function headOfAll() {
  const scopes = Object.fromEntries(["read", "create", "update"].map((action) => [action, "all"]));
  const rights = { scopes, level: "write" };
  const role = await makeRole(admin.page, {
    entities: { company: rights, note: rights },
    things: { users: "manage", teams: "read", roles: "read" },
  });
  return makeUser(admin.page, { roles: [role.id] });
}

async function sellerWith(count) {
  const seller = await roleId(admin.page, "seller");
  const user = await makeUser(admin.page, { roles: [seller] });
  const { page, context } = await enter(browser, user.login);
  const ids = [];
  for (let at = 0; at < count; at += 1) {
    const made = await api(page, "POST", "/companies", { body: { fields: { name: `Firma ${unique()}` } } });
    assert.equal(made.status, 201, made.text);
    ids.push(made.body.id);
    const body = { fields: { body: "Notatka" }, parent: { entity: "company", id: made.body.id } };
    assert.equal((await api(page, "POST", "/notes", { body })).status, 201);
  }
  await context.close();
  return { user, ids };
}

describe("leaving", () => {
  it("suspends an account, hands over what it owns in one act, and takes that back", async () => {
    const head = await headOfAll();
    const { user, ids } = await sellerWith(4);
    const heir = await makeUser(admin.page, { roles: [await roleId(admin.page, "seller")] });
    const { page, faults } = await enter(browser, head.login);
    const owner = async (id) => (await api(page, "GET", `/companies/${id}`)).body.owner.id;
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:user.suspend"), exact: true }).click();
    const asked = page.getByRole("dialog");
    await asked.getByRole("radio", { name: say("admin:records.go") }).check();
    await picture(page, "suspend");
    await asked.getByRole("button", { name: say("admin:user.suspend") }).click();

    const dialog = page.getByRole("dialog", { name: like("admin:handOver.title") });
    await dialog.waitFor();
    const to = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
    await to.fill(heir.name);
    await page.getByRole("option", { name: heir.name, exact: true }).click();
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: say("admin:handOver.look") }).click();
    const go = dialog.getByRole("button", { name: like("admin:handOver.go") });
    await go.waitFor();
    assert.equal(await owner(ids[0]), user.id, "the preview changes nothing");
    await picture(page, "hand-over-preview");
    await go.click();
    const undo = dialog.getByRole("button", { name: say("jobs:undo"), exact: true });
    await undo.waitFor();
    await picture(page, "hand-over-done");
    for (const id of ids) assert.equal(await owner(id), heir.id);
    await undo.click();
    await eventually(async () => {
      for (const id of ids) assert.equal(await owner(id), user.id);
    });
    await dialog
      .getByRole("button", { name: say("common:close"), exact: true })
      .last()
      .click();
    await page.getByText(like("admin:records.left")).waitFor();
    await settle(page);
    await picture(page, "suspended");
    await visit(page, "/jobs");
    await page
      .getByRole("button", { name: say("jobs:details.show") })
      .first()
      .click();
    await picture(page, "hand-over-jobs");
    assert.deepEqual(faults, []);
  });

  it("says to an administrator who sees no records how many there are", async () => {
    const { user } = await sellerWith(2);
    const { page } = admin;
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:handOver.open") }).click();
    const dialog = page.getByRole("dialog");
    const to = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
    await to.fill("Anna Kowalska");
    await page.getByRole("option", { name: "Anna Kowalska", exact: true }).click();
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: say("admin:handOver.look") }).click();
    await dialog.getByText(say("admin:handOver.nothing")).waitFor();
    await picture(page, "hand-over-nothing");
    const look = dialog.getByRole("button", { name: say("admin:handOver.look") });
    assert.equal(await look.isDisabled(), true);
  });

  it("asks whoever could hand them over, who finds the dialog from a notification", async () => {
    const { user, ids } = await sellerWith(1);
    const { page } = admin;
    const { body: owned } = await api(page, "GET", `/users/${user.id}/records`);
    const { body: users } = await api(page, "GET", "/users");
    const asked = users.items.find((one) => one.id === owned.who_could[0].id);
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:handOver.open") }).click();
    const dialog = page.getByRole("dialog");
    const to = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
    await to.fill("Anna Kowalska");
    await page.getByRole("option", { name: "Anna Kowalska", exact: true }).click();
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: say("admin:handOver.look") }).click();
    await dialog.getByText(asked.name).waitFor();
    await picture(page, "hand-over-ask");
    await dialog.getByRole("button", { name: say("admin:handOver.ask") }).click();
    await dialog.getByText(say("admin:handOver.asked")).waitFor();

    const lead = await enter(browser, asked.login);
    await visit(lead.page, "/notifications");
    await picture(lead.page, "hand-over-asked");
    const heir = users.items.find((one) => one.login === CAST.seller);
    const notice = lead.page.getByRole("article").filter({ hasText: user.name });
    await notice.getByRole("link", { name: say("notices:handOver") }).click();
    const theirs = lead.page.getByRole("dialog", { name: say("admin:handOver.title", { name: user.name }) });
    await theirs.waitFor();
    const whom = theirs.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
    await whom.fill(heir.name);
    await lead.page.getByRole("option", { name: heir.name, exact: true }).click();
    await lead.page.keyboard.press("Tab");
    await theirs.getByRole("button", { name: say("admin:handOver.look") }).click();
    const go = theirs.getByRole("button", { name: like("admin:handOver.go") });
    await go.waitFor();
    await picture(lead.page, "hand-over-by-lead");
    await go.click();
    await eventually(async () => {
      const { body } = await api(lead.page, "GET", `/companies/${ids[0]}`);
      assert.equal(body.owner.id, heir.id);
    });
    assert.deepEqual(lead.faults, []);
  });
});

// Whoever leaves: the account is suspended, and what the person owns goes to others, and back.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, CAST, enter, eventually, settle, visit } from "../lib.mjs";
import { changeUser, like, makeRole, makeUser, roleId, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen as picture } from "../seen.mjs";

const { browser, admin } = await office();

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
  const binned = await api(page, "POST", "/companies", { body: { fields: { name: `Firma ${unique()}` } } });
  const { id: gone } = binned.body;
  assert.equal((await api(page, "DELETE", `/companies/${gone}`, { version: 1 })).status, 200);
  const view = { entity: "company", name: `Widok ${unique()}`, query: "sort=name", shared: true };
  const shared = await api(page, "POST", "/views", { body: view });
  assert.equal(shared.status, 201, shared.text);
  await context.close();
  return { user, ids, gone, view };
}

/** Chooses a new owner in the dialog. */
async function choose(page, dialog, name) {
  const to = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
  await to.fill(name);
  await page.getByRole("option", { name: new RegExp(`^${name}`) }).click();
  await page.keyboard.press("Tab");
}

describe("leaving", () => {
  it("suspends an account, hands over what it owns in one act, and takes that back", async () => {
    const head = await headOfAll();
    const { user, ids, gone, view } = await sellerWith(4);
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
    await choose(page, dialog, heir.name);
    await dialog.getByRole("button", { name: say("admin:handOver.look") }).click();
    const go = dialog.getByRole("button", { name: like("admin:handOver.go") });
    await go.waitFor();
    assert.equal(await owner(ids[0]), user.id, "the preview changes nothing");
    const told = dialog.getByRole("table");
    await told.getByText(say("jobs:handOver.binned", { number: 1 })).waitFor();
    await told.getByText(say("jobs:handOver.views")).waitFor();
    await picture(page, "hand-over-preview");
    await go.click();
    const undo = dialog.getByRole("button", { name: say("jobs:undo"), exact: true });
    await undo.waitFor();
    await picture(page, "hand-over-done");
    for (const id of [...ids, gone]) assert.equal(await owner(id), heir.id);
    const holder = async () => {
      const { body } = await api(page, "GET", "/views?entity=company");
      return body.items.find((one) => one.name === view.name).owner.id;
    };
    assert.equal(await holder(), heir.id, "colleagues keep the view they share");
    await undo.click();
    await eventually(async () => {
      for (const id of [...ids, gone]) assert.equal(await owner(id), user.id);
      assert.equal(await holder(), user.id);
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
    await choose(page, dialog, "Anna Kowalska");
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
    await choose(page, dialog, "Anna Kowalska");
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
    await choose(lead.page, theirs, heir.name);
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

  it("offers only who could own the records, and tells two of one name apart", async () => {
    const head = await headOfAll();
    const { user } = await sellerWith(1);
    const seller = await roleId(admin.page, "seller");
    const name = `Jan Zbieżny${unique()}`;
    const one = await makeUser(admin.page, { name, roles: [seller] });
    const other = await makeUser(admin.page, { name, roles: [seller] });
    await makeUser(admin.page, { name, roles: [] });
    const left = await makeUser(admin.page, { name, roles: [seller] });
    await changeUser(admin.page, left.id, { active: false });
    const { page, faults } = await enter(browser, head.login);
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:handOver.open") }).click();
    const dialog = page.getByRole("dialog");
    const to = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:handOver.to")}`) });
    await to.fill(user.name);
    await page.getByText(say("common:nothingFound")).waitFor();
    await to.fill(name);
    const options = page.getByRole("option");
    await eventually(async () => assert.equal(await options.count(), 2));
    assert.match(await options.first().innerText(), new RegExp(`${one.login}|${other.login}`));
    // What is offered lies over the page, outside of its landmarks.
    await picture(page, "hand-over-namesakes", { without: ["region"] });
    // By the log-in name too, which the one that is chosen goes on showing.
    await to.fill(other.login);
    await eventually(async () => assert.equal(await options.count(), 1));
    await options.first().click();
    await page.keyboard.press("Tab");
    await dialog.getByText(`${name} (${other.login})`).waitFor();
    await dialog.getByRole("button", { name: say("admin:handOver.look") }).click();
    await dialog.getByRole("button", { name: like("admin:handOver.go") }).waitFor();
    await dialog
      .getByRole("cell", { name: `${name} (${other.login})` })
      .first()
      .waitFor();
    assert.deepEqual(faults, []);
  });
});

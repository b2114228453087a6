// The life of rights: a role is changed, whom that concerns is shown before it is saved, and the earlier version comes
// back; why somebody may do something is answered, also of the past.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { api, visit } from "../lib.mjs";
import { makeRole, makeUser, say } from "../made.mjs";
import { office } from "../office.mjs";

const { admin } = await office();
const { page } = admin;

const rights = (read) => ({
  entities: { person: { scopes: { read }, level: "read", special: null, trade: null, fields: {} } },
});

describe("the life of rights", () => {
  it("shows whom a change concerns, keeps what was, and goes back", async () => {
    const role = await makeRole(page, rights("own"));
    const user = await makeUser(page, { roles: [role.id] });
    await visit(page, `/admin/roles/${role.id}`);
    const history = page.getByRole("region", { name: say("admin:versions.title") });
    await history.getByText(say("admin:versions.one", { version: 1 })).waitFor();
    // Widened behind the page, so that the page shows what came from elsewhere too.
    const { id, built_in: _, version, ...old } = role;
    const body = { ...old, ...rights("all") };
    const before = await api(page, "POST", `/roles/${id}/preview`, { body });
    assert.equal(before.status, 200, before.text);
    assert.equal(before.body.gaining, 1);
    const label = page.getByLabel(say("admin:role.labelEn"));
    await label.fill(`${role.label.en} changed`);
    await page.getByRole("button", { name: say("admin:difference.show") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("region", { name: say("admin:whom.title") }).waitFor();
    await dialog.getByText(say("admin:whom.nobody")).waitFor();
    await dialog.getByRole("button", { name: say("admin:difference.save") }).click();
    await dialog.waitFor({ state: "detached" });
    await history.getByText(say("admin:versions.one", { version: 2 })).waitFor();
    const put = await api(page, "PUT", `/roles/${id}`, { body, version: version + 1 });
    assert.equal(put.status, 200, put.text);
    await visit(page, `/admin/roles/${id}`);
    await history.getByText(say("admin:versions.one", { version: 3 })).waitFor();
    await history.getByRole("button", { name: say("admin:versions.backTitle", { version: 1 }) }).click();
    const whom = dialog.getByRole("region", { name: say("admin:whom.title") });
    await whom.getByText(user.name).first().waitFor();
    await whom.getByText(say("admin:whom.loses")).first().waitFor();
    await dialog.getByRole("button", { name: say("admin:versions.confirm") }).click();
    await dialog.waitFor({ state: "detached" });
    await history.getByText(say("admin:versions.one", { version: 4 })).waitFor();
    const now = await api(page, "GET", "/roles");
    const found = now.body.items.find((one) => one.id === id);
    assert.deepEqual(found.entities.person.scopes, { read: "own" });
    assert.equal(found.label.en, role.label.en);
  });

  it("takes roles out as a file and brings them in, looked at first", async () => {
    const role = await makeRole(page, rights("own"));
    await visit(page, "/admin/roles");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say("admin:files.export") }).click(),
    ]);
    const roles = JSON.parse(readFileSync(await file.path(), "utf8"));
    const own = roles.roles.find((one) => one.name === role.name);
    own.entities.person.scopes.read = "all";
    const send = (content) =>
      page.locator("input[type=file]").setInputFiles({
        name: "roles.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify(content)),
      });
    const dialog = page.getByRole("dialog", { name: say("admin:files.title") });
    const save = dialog.getByRole("button", { name: say("admin:files.confirm") });
    await send({ ...roles, roles: [own, { ...own, name: "!" }] });
    await dialog.getByRole("alert").waitFor();
    assert.ok(await save.isDisabled());
    await dialog.getByRole("button", { name: say("common:cancel") }).click();
    await dialog.waitFor({ state: "detached" });
    await send({ ...roles, roles: [own] });
    await dialog.getByText(say("admin:files.fate.changed")).waitFor();
    await save.click();
    await dialog.waitFor({ state: "detached" });
    const now = await api(page, "GET", "/roles");
    assert.deepEqual(now.body.items.find((one) => one.id === role.id).entities.person.scopes, {
      read: "all",
    });
  });

  it("answers why, now and then", async () => {
    const role = await makeRole(page, rights("all"));
    const { body: me } = await api(page, "GET", "/me");
    const { body: own } = await api(page, "GET", `/users/${me.user.id}`);
    const given = await api(page, "PATCH", `/users/${own.id}`, {
      body: { roles: [...own.roles, role.id] },
      version: own.version,
    });
    assert.equal(given.status, 200, given.text);
    const { body: people } = await api(page, "GET", "/people?limit=1");
    const person = people.items[0];
    const user = await makeUser(page, { roles: [role.id] });
    const held = new Date().toISOString();
    const { body: made } = await api(page, "GET", `/users/${user.id}`);
    await api(page, "PATCH", `/users/${user.id}`, { body: { roles: [] }, version: made.version });

    await visit(page, `/people/${person.id}?tab=access`);
    await page.getByRole("link", { name: say("record:access.why") }).click();
    await page.getByRole("heading", { name: say("admin:why.title"), level: 1 }).waitFor();
    await page.getByText(say("admin:why.yes", { name: me.user.name })).waitFor();
    const ask = (more) => visit(page, `/explain?user=${user.id}&entity=person&record=${person.id}${more}`);
    await ask("");
    await page.getByText(say("admin:why.no", { name: user.name })).waitFor();
    await page.getByRole("region", { name: say("admin:why.ways") }).waitFor();
    await ask(`&at=${held}`);
    await page.getByText(say("admin:why.yes", { name: user.name })).waitFor();
    await page
      .getByRole("region", { name: say("admin:why.steps") })
      .getByText(say("admin:why.effect.gives"))
      .first()
      .waitFor();
    // What was given for this is taken back.
    const { body: again } = await api(page, "GET", `/users/${own.id}`);
    await api(page, "PATCH", `/users/${own.id}`, { body: { roles: own.roles }, version: again.version });
  });
});

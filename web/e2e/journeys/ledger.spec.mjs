// The ledger in words: whose sign-in was refused and why, and what of a user or a role was changed.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, LANG, launch, visit } from "../lib.mjs";
import { changeUser, guess, like, makeRole, makeUser, roleId, say, unique } from "../made.mjs";
import { seen as picture } from "../seen.mjs";

let browser;
let admin;
before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
});
after(() => browser.close());

/** What of a role is written back. */
const withoutMarks = ({ name, label, entities, denials, things }) => ({
  name,
  label,
  entities,
  denials,
  things,
});

describe("the ledger in words", () => {
  it("says whose sign-in was refused and why, and what of a user or a role was changed", async () => {
    const role = await makeRole(admin.page, { things: { teams: "read" } });
    const user = await makeUser(admin.page, { roles: [await roleId(admin.page, "seller")] });
    await guess(user.login, 1);
    await guess(`nikt.${unique()}`, 1);
    await changeUser(admin.page, user.id, { roles: [role.id] });
    await changeUser(admin.page, user.id, { active: false });
    const wider = { ...withoutMarks(role), things: { teams: "manage" } };
    const path = `/roles/${role.id}`;
    assert.equal((await api(admin.page, "PUT", path, { body: wider, version: role.version })).status, 200);
    const { page, context, faults } = await enter(browser, "auditor");
    const says = (text) => page.locator("li[data-outcome]").filter({ hasText: text }).first().waitFor();
    await visit(page, "/ledger?act=login.refused");
    const whose = say("events:account", { name: user.name });
    await says(`${whose} · ${say("events:why.login.refused.wrong")}`);
    await says(say("events:unknownName"));
    await picture(page, "ledger-refused");
    await visit(page, "/ledger?act=user.update");
    await says(say("events:suspended", { name: user.name }));
    await says(say("events:rolesGiven", { names: role.label[LANG] }));
    await picture(page, "ledger-changed");
    await visit(page, "/ledger?act=role.update");
    await says(say("events:role", { name: role.label[LANG] }));
    const event = page.locator("li[data-outcome]").first();
    await event.getByRole("button", { name: like("ledger:detailOf") }).click();
    await event.getByRole("heading", { name: say("admin:role.things") }).waitFor();
    await picture(page, "ledger-role");
    assert.deepEqual(faults, []);
    await context.close();
  });
});

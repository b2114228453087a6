// The list of users, and what state each account is in.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, eventually, visit } from "../lib.mjs";
import { changeUser, makeUser, roleId, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const { admin } = await office();

describe("users", () => {
  it("say in words what state an account is in", async () => {
    const { page } = admin;
    const seller = await roleId(page, "seller");
    const mark = unique();
    const made = (what) =>
      makeUser(page, { login: `${what}.${mark}`, name: `Osoba ${mark} ${what}`, roles: [seller] });
    const [leaves, waits, nobody, gone] = [
      await made("leaves"),
      await made("waits"),
      await made("nobody"),
      await made("gone"),
    ];
    await made("works");
    const end = new Date(Date.now() + 5 * 86_400_000).toISOString().replace(/\.\d+/, "");
    await changeUser(page, leaves.id, { ends_at: end });
    await changeUser(page, gone.id, { active: false });
    for (const { id } of [waits, nobody])
      assert.equal((await api(page, "DELETE", `/users/${id}/password`)).status, 204);
    assert.equal((await api(page, "POST", `/users/${waits.id}/invitation`, { body: {} })).status, 201);
    await visit(page, "/admin/users");
    await page.getByRole("textbox", { name: say("admin:user.search") }).fill(mark);
    const rows = page.locator("tbody tr");
    await eventually(async () => assert.equal(await rows.count(), 5));
    for (const [what, state] of [
      ["leaves", "leaving"],
      ["waits", "invited"],
      ["nobody", "passwordless"],
      ["gone", "suspended"],
      ["works", "active"],
    ])
      await rows
        .filter({ hasText: what })
        .getByText(new RegExp(`^${say(`admin:user.is.${state}`)}`))
        .waitFor();
    await seen(page, "users-states");
    await page.getByRole("combobox", { name: say("admin:user.state") }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: say("admin:user.is.suspended"), exact: true }).click();
    await eventually(async () => assert.equal(await rows.count(), 1));
    await rows.getByRole("link", { name: gone.name }).press("Enter");
    await page.getByRole("heading", { name: gone.name, level: 1 }).waitFor();
    await page.getByText(say("admin:user.suspendedText")).waitFor();
    await visit(page, `/admin/users/${leaves.id}`);
    await seen(page, "user-leaving");
  });
});

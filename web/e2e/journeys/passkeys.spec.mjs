// Passkeys, by Chromium's own authenticator: adding one, signing in with and without the password, confirming in place.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { authenticator, stale } from "../factors.mjs";
import { api, enter, PASSWORD, visit } from "../lib.mjs";
import { makeUser, say } from "../made.mjs";
import { office } from "../office.mjs";

const { browser, admin, seller } = await office();

const outside = (url) => !url.pathname.startsWith("/sign-in");
const alone = (page) => page.getByRole("button", { name: say("factors:use.signIn") });
const use = (page) => page.getByRole("button", { name: say("factors:use.passkey") });

/** Ends the session where it is, so that the page and its authenticator stay. */
async function signOut(page) {
  const { status } = await api(page, "DELETE", "/sessions/current");
  assert.equal(status, 204);
  await page.goto("/sign-in");
}

async function add(page) {
  await visit(page, "/account?tab=security");
  await page.getByRole("button", { name: say("account:security.addPasskey") }).click();
  const dialog = page.getByRole("dialog", { name: say("account:security.addPasskey") });
  await dialog.getByRole("button", { name: say("account:passkey.make") }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.getByRole("cell", { name: say("account:kind.passkey"), exact: true }).waitFor();
}

describe("a passkey", () => {
  it("is added, and signs in after the password and in place of it", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const { page, context, faults } = await enter(browser, user.login);
    const device = await authenticator(page);
    await add(page);
    assert.equal((await device.keys()).length, 1);

    await signOut(page);
    await page.locator("input[autocomplete^='username']").fill(user.login);
    await page.locator("input[autocomplete='current-password']").fill(PASSWORD);
    await page.getByRole("button", { name: say("common:signIn.button"), exact: true }).click();
    await page.getByRole("heading", { name: say("factors:signIn.title"), level: 1 }).waitFor();
    assert.equal((await api(page, "GET", "/me")).status, 401, "a password alone opens nothing");
    await use(page).click();
    await page.waitForURL(outside);
    assert.equal((await api(page, "GET", "/me")).body.user.login, user.login);

    await signOut(page);
    await alone(page).click();
    await page.waitForURL(outside);
    assert.equal((await api(page, "GET", "/me")).body.user.login, user.login);
    await context.close();
    assert.deepEqual(faults, []);
  });

  it("does nothing for whom it does not know, says so, and can be tried again", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const { page, context } = await enter(browser, user.login);
    const device = await authenticator(page);
    await add(page);
    await signOut(page);
    await device.verify(false);
    await alone(page).click();
    await page.getByRole("alert").getByText(say("factors:passkey.cancelled")).waitFor();
    assert.equal((await api(page, "GET", "/me")).status, 401);
    await device.verify(true);
    await alone(page).click();
    await page.waitForURL(outside);
    await context.close();
  });

  it("confirms in place, and what was being done goes on", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const { page, context } = await enter(browser, user.login);
    await authenticator(page);
    await add(page);
    const { asked } = await stale(page, ["passkey"], "/me/factors/recovery");
    await page.getByRole("button", { name: say("account:codes.make") }).click();
    const dialog = page.getByRole("dialog", { name: say("account:codes.title") });
    await dialog.getByRole("button", { name: say("account:codes.make") }).click();
    const question = page.getByRole("dialog", { name: say("factors:stepUp.title") });
    await use(question).click();
    await question.waitFor({ state: "hidden" });
    await dialog.getByRole("list", { name: say("account:codes.title") }).waitFor();
    assert.equal(asked.length, 1);
    await context.close();
  });
});

// A session in another browser: it is asked first, in place or by a page of its own, and then goes on.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, enter, PASSWORD, settle, visit } from "../lib.mjs";
import { makeUser, say } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const OTHER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:146.0) Gecko/20100101 Firefox/146.0";

const { browser, admin, seller } = await office();

const somebody = async () => enter(browser, (await makeUser(admin.page, { roles: [seller] })).login);

async function confirm(scope) {
  await scope.locator("input[type='password']").fill(PASSWORD);
  await scope.getByRole("button", { name: say("factors:stepUp.button") }).click();
}

describe("another browser", () => {
  it("shows nothing before its user confirmed, and then the page that was asked for", async () => {
    const { context, page } = await somebody();
    const stolen = await browser.newContext({
      userAgent: OTHER,
      ignoreHTTPSErrors: true,
      locale: "pl-PL",
      baseURL: process.env.KLUCZNIK_URL,
      storageState: await context.storageState(),
    });
    const there = await stolen.newPage();
    await there.goto("/people");
    await there.waitForURL(/\/confirm/);
    await there.getByRole("heading", { name: say("factors:stepUp.title") }).waitFor();
    await there.locator("input[type='password']").waitFor();
    await seen(there, "other-browser");
    assert.equal((await api(there, "GET", "/me")).status, 403);
    // Where it began it goes on, and its user is told.
    assert.equal((await api(page, "GET", "/me")).status, 200);
    const { text } = await api(page, "GET", "/notices");
    assert.match(text, /session-other-browser/);
    await confirm(there);
    await there.waitForURL(/\/people$/);
    await settle(there);
    await there.getByRole("heading", { name: "Osoby", level: 1 }).waitFor();
    await stolen.close();
  });

  it("asks in place where the browser changes under an open page", async () => {
    const { context, page } = await somebody();
    await visit(page, "/people");
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setUserAgentOverride", { userAgent: OTHER });
    await page.getByRole("link", { name: "Firmy" }).first().click();
    const dialog = page.getByRole("dialog", { name: say("factors:stepUp.title") });
    await dialog.locator("input[type='password']").waitFor();
    await seen(page, "other-browser-dialog");
    await confirm(dialog);
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("heading", { name: "Firmy", level: 1 }).waitFor();
    await settle(page);
    assert.equal((await api(page, "GET", "/me")).status, 200);
  });
});

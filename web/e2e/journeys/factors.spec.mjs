// Second factors: adding them, signing in with them, confirming in place, and what is required of whom.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addApplication, application, stale } from "../factors.mjs";
import { api, enter, eventually, PASSWORD, settle, tick, visit } from "../lib.mjs";
import { like, makeRole, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const { browser, admin, seller } = await office();

const somebody = (roles = [seller]) => makeUser(admin.page, { roles });
const outside = (url) => !url.pathname.startsWith("/sign-in");

/** Login and password, without waiting for what comes then. */
async function password(page, login) {
  await page.goto("/sign-in");
  await page.locator("input[autocomplete^='username']").fill(login);
  await page.locator("input[autocomplete='current-password']").fill(PASSWORD);
  await page.getByRole("button", { name: say("common:signIn.button"), exact: true }).click();
}

const codeField = (page) => page.getByLabel(say("factors:field.totp"));
const question = (page) => page.getByRole("dialog", { name: say("factors:stepUp.title") });

describe("an application with codes", () => {
  it("is added by what it is shown, then asked for at each sign-in", async () => {
    const user = await somebody();
    const { page, context, faults } = await enter(browser, user.login);
    await visit(page, "/account?tab=security");
    await page.getByText(say("account:security.none")).waitFor();
    await page.getByRole("button", { name: say("account:security.addTotp") }).click();
    const dialog = page.getByRole("dialog", { name: say("account:totp.title") });
    const secret = (await dialog.locator("[data-secret]").textContent()).trim();
    assert.match(secret, /^[A-Z2-7]{32}$/, "what is copied has no gaps");
    await dialog.getByRole("img", { name: say("account:totp.qr") }).waitFor();
    const field = dialog.getByLabel(say("account:totp.code"));
    assert.equal(await field.getAttribute("autocomplete"), "one-time-code");
    assert.equal(await field.getAttribute("inputmode"), "numeric");
    await field.fill("000000");
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await field.getAttribute("aria-invalid"), "true"));
    const code = application(secret);
    // As it is copied from an application.
    const shown = await code(page);
    await field.fill(`${shown.slice(0, 3)} ${shown.slice(3)}`);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("cell", { name: say("account:kind.totp") }).waitFor();
    assert.ok(!(await page.content()).includes(secret), "the secret is gone with its dialog");
    await page.reload();
    await settle(page);
    await page.getByText(say("account:codes.none")).waitFor();
    await context.close();
    assert.deepEqual(faults, []);

    const again = await enter(browser, null);
    await password(again.page, user.login);
    await again.page.getByRole("heading", { name: say("factors:signIn.title"), level: 1 }).waitFor();
    assert.equal((await api(again.page, "GET", "/me")).status, 401, "a password alone opens nothing");
    await codeField(again.page).fill("000000");
    await again.page.keyboard.press("Enter");
    await again.page.getByRole("alert").getByText(say("factors:wrong.totp")).waitFor();
    await codeField(again.page).fill(await code(again.page));
    await again.page.keyboard.press("Enter");
    await again.page.waitForURL(outside);
    assert.equal((await api(again.page, "GET", "/me")).body.user.login, user.login);
    await again.context.close();
  });

  it("can be left out for a recovery code, once, and the way back is there", async () => {
    const user = await somebody();
    const { page, context } = await enter(browser, user.login);
    await addApplication(page);
    await visit(page, "/account?tab=security");
    await page.getByRole("button", { name: say("account:codes.make") }).click();
    const dialog = page.getByRole("dialog", { name: say("account:codes.title") });
    await dialog.getByRole("button", { name: say("account:codes.make") }).click();
    const list = dialog.getByRole("list", { name: say("account:codes.title") });
    await list.waitFor();
    const codes = await list.getByRole("listitem").allInnerTexts();
    assert.equal(new Set(codes).size, 10);
    const saving = page.waitForEvent("download");
    await dialog.getByRole("button", { name: say("account:codes.save") }).click();
    const stream = await (await saving).createReadStream();
    const text = (await stream.toArray()).join("");
    assert.ok(codes.every((code) => text.includes(code)));
    // What to do without them stands beside them, on the screen and in the file.
    const lost = say("account:codes.lost", { login: user.login });
    assert.ok(lost.includes(`klucznik user factors reset ${user.login}`) && text.includes(lost), text);
    await dialog.getByText(lost).waitFor();
    await dialog.getByRole("button", { name: say("account:codes.done") }).click();
    await dialog.waitFor({ state: "hidden" });
    assert.ok(!(await page.content()).includes(codes[0]), "they are shown this once");
    await page.getByText("zostało 10 kodów").waitFor();
    await context.close();

    for (const [code, good] of [
      [codes[3], true],
      [codes[3], false],
    ]) {
      const again = await enter(browser, null);
      await password(again.page, user.login);
      await again.page.getByRole("button", { name: say("factors:kind.recovery") }).click();
      await again.page.getByLabel(say("factors:field.recovery")).fill(` ${code} `);
      await again.page.keyboard.press("Enter");
      if (good) {
        await again.page.waitForURL(outside);
        await visit(again.page, "/account?tab=security");
        await again.page.getByText("zostało 9 kodów").waitFor();
      } else {
        await again.page.getByRole("alert").getByText(say("factors:wrong.recovery")).waitFor();
        await again.page.getByRole("button", { name: say("factors:back") }).click();
        await again.page.getByLabel(say("common:signIn.login")).waitFor();
      }
      await again.context.close();
    }
  });

  it("is renamed and removed", async () => {
    const user = await somebody();
    const { page, context } = await enter(browser, user.login);
    await addApplication(page, "stary telefon");
    await visit(page, "/account?tab=security");
    await page
      .getByRole("button", { name: say("account:security.renameOf", { name: "stary telefon" }) })
      .click();
    const dialog = page.getByRole("dialog", { name: say("account:security.renameTitle") });
    await dialog.getByLabel(say("account:security.name")).fill("nowy telefon");
    await page.keyboard.press("Enter");
    await page
      .getByRole("button", { name: say("account:security.removeOf", { name: "nowy telefon" }) })
      .click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("account:security.remove"), exact: true })
      .click();
    await page.getByText(say("account:security.none")).waitFor();
    await context.close();
  });
});

describe("confirming in place", () => {
  it("goes on with what was being done; leaving it loses nothing that was typed", async () => {
    const user = await somebody();
    const { page, context, faults } = await enter(browser, user.login);
    const code = await addApplication(page);
    const { asked } = await stale(page, ["totp"], "/tokens");
    await visit(page, "/account?tab=tokens");
    const add = say("account:tokens.add");
    await page.getByRole("button", { name: add }).first().click();
    const dialog = page.getByRole("dialog", { name: add });
    const label = dialog.getByLabel(say("account:tokens.label"));
    await label.fill("Integracja");
    await tick(dialog.getByRole("checkbox", { name: `Osoby: ${say("admin:action.read")}`, exact: true }));
    await dialog.getByRole("button", { name: add }).click();
    await codeField(question(page)).waitFor();
    await page.keyboard.press("Escape");
    await question(page).waitFor({ state: "hidden" });
    assert.equal(await label.inputValue(), "Integracja");
    assert.equal(await dialog.getByRole("alert").count(), 0, "who declines is told nothing");
    assert.equal(
      (await api(page, "GET", "/sessions")).body.items.filter((s) => s.kind === "token").length,
      0,
    );
    await dialog.getByRole("button", { name: add }).click();
    await codeField(question(page)).fill("000000");
    await page.keyboard.press("Enter");
    await question(page).getByRole("alert").waitFor();
    assert.equal((await api(page, "GET", "/me")).status, 200, "a wrong code ends no session");
    await codeField(question(page)).fill(await code(page));
    await page.keyboard.press("Enter");
    await dialog.getByText(say("admin:secret.once")).waitFor();
    assert.equal(asked.length, 2);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("asks whoever has no factor for the password", async () => {
    const user = await somebody();
    const { page, context } = await enter(browser, user.login);
    const { asked } = await stale(page, ["password"], "/me/factors/totp");
    await visit(page, "/account?tab=security");
    await page.getByRole("button", { name: say("account:security.addTotp") }).click();
    await question(page).getByLabel(say("factors:field.password"), { exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.locator("[data-secret]").waitFor();
    assert.equal(asked.length, 1);
    await context.close();
  });
});

describe("a required factor", () => {
  /** As long as `work` takes, the requirement is another one. */
  async function required(rule, work) {
    const { body: before } = await api(admin.page, "GET", "/factors/requirement");
    const put = async (body) => {
      const { body: now } = await api(admin.page, "GET", "/factors/requirement");
      const done = await api(admin.page, "PUT", "/factors/requirement", { body, version: now.version });
      assert.equal(done.status, 200, done.text);
    };
    await put(rule);
    try {
      await work();
    } finally {
      await put({ everyone: before.everyone, roles: before.roles, grace_days: before.grace_days });
    }
  }

  it("whose time is over leaves nothing but the way to add it", async () => {
    const role = await makeRole(admin.page, {});
    const user = await somebody([seller, role.id]);
    const { page, context, faults } = await enter(browser, user.login);
    await visit(page, "/people");
    await required({ everyone: "none", roles: { [role.id]: "any" }, grace_days: 0 }, async () => {
      await page.goto("/companies?view=all");
      await page.getByRole("heading", { name: say("account:enrol.title"), level: 1 }).waitFor();
      await page.getByText(say("account:enrol.any")).waitFor();
      assert.equal(await page.getByRole("navigation").count(), 0, "no way anywhere else");
      assert.equal((await api(page, "GET", "/people")).status, 403);
      await page.getByRole("button", { name: say("account:security.addTotp") }).click();
      const code = application((await page.locator("[data-secret]").textContent()).trim());
      await page.getByLabel(say("account:totp.code")).fill(await code(page));
      await page.keyboard.press("Enter");
      await page.getByText(say("account:enrol.codes")).waitFor();
      await page.getByRole("button", { name: say("account:codes.make") }).click();
      await page.getByRole("button", { name: say("account:codes.done") }).click();
      await page.waitForURL(/\/companies/);
      await page.getByRole("heading", { name: "Firmy", level: 1 }).waitFor();
      await visit(page, "/account?tab=security");
      await page.getByText(say("account:security.needed")).waitFor();
    });
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is told with its day until then, and seen by administrators", async () => {
    const role = await makeRole(admin.page, {});
    const user = await somebody([seller, role.id]);
    const { page, context } = await enter(browser, user.login);
    await visit(admin.page, "/admin/factors");
    const label = say("admin:factors.needOf", { role: role.label.pl });
    const pick = admin.page.getByRole("combobox", { name: label });
    await pick.click();
    await admin.page.getByRole("option", { name: say("admin:need.any") }).click();
    await admin.page.getByLabel(say("admin:factors.grace")).fill("7");
    await admin.page.getByRole("button", { name: say("common:save") }).click();
    await admin.page.getByText(say("admin:factors.saved")).waitFor();
    const { body: rule } = await api(admin.page, "GET", "/factors/requirement");
    assert.deepEqual([rule.roles[role.id], rule.grace_days], ["any", 7]);
    await visit(page, "/people");
    await page.getByText(like("factors:due.text")).waitFor();
    await page.getByRole("link", { name: say("factors:due.link") }).click();
    await page.getByRole("heading", { name: say("account:security.title") }).waitFor();
    await visit(admin.page, `/admin/users/${user.id}`);
    await admin.page.getByText(say("admin:factors.hasNone")).waitFor();
    await addApplication(page, `telefon ${unique()}`);
    await visit(page, "/people");
    assert.equal(await page.getByText(like("factors:due.text")).count(), 0);
    const { body: last } = await api(admin.page, "GET", "/factors/requirement");
    const cleared = await api(admin.page, "PUT", "/factors/requirement", {
      body: { everyone: "none", roles: {}, grace_days: 0 },
      version: last.version,
    });
    assert.equal(cleared.status, 200, cleared.text);
    await context.close();
  });

  it("that somebody else changed meanwhile keeps what was chosen, beside what is saved now", async () => {
    const { page } = admin;
    const role = await makeRole(page, {});
    const theirs = page.getByRole("combobox", {
      name: say("admin:factors.needOf", { role: role.label.pl }),
    });
    const grace = page.getByLabel(say("admin:factors.grace"));
    const requirement = async () => (await api(page, "GET", "/factors/requirement")).body;
    await visit(page, "/admin/factors");
    await grace.fill("9");
    const { version, ...now } = await requirement();
    const body = { ...now, grace_days: 5, roles: { ...now.roles, [role.id]: "any" } };
    const other = await api(page, "PUT", "/factors/requirement", { body, version });
    assert.equal(other.status, 200, other.text);
    const save = page.getByRole("button", { name: say("common:save") });
    await save.click();
    await page.getByText(say("admin:conflict")).waitFor();
    await page.getByText(say("admin:theirs", { value: "5" })).waitFor();
    assert.equal(await grace.inputValue(), "9", "what was typed stays");
    assert.equal(await theirs.inputValue(), say("admin:need.any"), "what was not touched is theirs");
    await seen(page, "factors-conflict");
    await save.click();
    await page.getByText(say("admin:factors.saved")).waitFor();
    const last = await requirement();
    assert.deepEqual([last.grace_days, last.roles[role.id]], [9, "any"]);
    const cleared = await api(page, "PUT", "/factors/requirement", {
      body: { everyone: "none", roles: {}, grace_days: 0 },
      version: last.version,
    });
    assert.equal(cleared.status, 200, cleared.text);
  });
});

// One's own account: language, look, keys, password, tokens.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { request } from "playwright-core";
import { api, enter, eventually, PASSWORD, settle, signIn, tick, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";

const { browser, admin, seller } = await office();

async function open() {
  const user = await makeUser(admin.page, { roles: [seller] });
  const one = await enter(browser, user.login);
  let loads = 0;
  one.page.on("load", () => loads++);
  return { ...one, user, loads: () => loads };
}

const html = (page, name) => page.locator("html").getAttribute(name);

/** What was chosen is at the server, and so on every device. */
const preference = (page, name, wanted) =>
  eventually(async () => assert.equal((await api(page, "GET", "/me/preferences")).body[name], wanted, name));

describe("the language", () => {
  it("changes without a reload: words, numbers, the page's own language (check 28)", async () => {
    const { page, context, loads } = await open();
    const made = await api(page, "POST", "/deals", {
      body: { fields: { name: `Za pięć ${unique()}`, value: { amount: "5000", currency: "PLN" } } },
    });
    assert.equal(made.status, 201, made.text);
    await visit(page, `/deals/${made.body.id}?tab=details`);
    const value = page.locator("[data-field='value']");
    await value.getByText(/^5[\s\u00a0\u202f]000[\s\u00a0\u202f]zł$/).waitFor();
    await visit(page, "/people");
    await page.getByRole("heading", { name: "Osoby", level: 1 }).waitFor();
    assert.equal(await html(page, "lang"), "pl");
    const before = loads();
    await page.getByRole("button", { name: like("common:profile.open") }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
    assert.equal(await html(page, "lang"), "en");
    assert.match(await page.title(), /^People/);
    await page.getByText(like("list:count", "en")).first().waitFor();
    assert.equal(loads(), before, "without a reload");
    // What was drawn from descriptors is drawn anew too.
    await page.getByRole("columnheader", { name: "Job title" }).waitFor();
    await preference(page, "lang", "en");
    await visit(page, `/deals/${made.body.id}?tab=details`);
    await value.getByText(/5,000/).waitFor();
    assert.equal(await html(page, "lang"), "en");
    await page.getByRole("tab", { name: say("record:tabs.details", {}, "en") }).waitFor();
    await value.getByText("Value").waitFor();
    await visit(page, "/deals?v=board");
    await page.getByText("Negotiation").first().waitFor();
    await page.getByRole("button", { name: like("common:profile.open", "en") }).click();
    await page.getByRole("menuitem", { name: "Polski" }).click();
    await page.getByText("Negocjacje").first().waitFor();
    await page.waitForFunction(() => !document.querySelector("main").innerText.includes("Negotiation"));
    await context.close();
  });

  it("is that of the server's refusals too", async () => {
    const { page, context } = await open();
    const path = "/people/0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
    const [pl, en] = [await api(page, "GET", path), await api(page, "GET", path, { lang: "en" })];
    assert.deepEqual([pl.status, en.status, pl.body.type], [404, 404, en.body.type]);
    assert.match(pl.body.title, /nie /i);
    assert.match(en.body.title, /not /i);
    await context.close();
  });

  it("counts in Polish as Polish counts", async () => {
    const { page, context } = await open();
    const ids = [];
    const mark = unique();
    for (const [count, words] of [
      [1, "1 rekord"],
      [2, "2 rekordy"],
      [5, "5 rekordów"],
    ]) {
      while (ids.length < count) {
        const made = await api(page, "POST", "/companies", {
          body: { fields: { name: `Licz${mark} ${ids.length}` } },
        });
        assert.equal(made.status, 201, made.text);
        ids.push(made.body.id);
      }
      await visit(page, "/companies");
      await page.getByPlaceholder(say("list:searchShort")).fill(`Licz${mark}`);
      await page.getByText(words, { exact: true }).first().waitFor();
    }
    await context.close();
  });
});

describe("the look", () => {
  it("follows the theme and the height of rows at once, and on the next device", async () => {
    const { page, context, user } = await open();
    await visit(page, "/account?tab=preferences");
    assert.equal(await html(page, "data-mantine-color-scheme"), "light");
    const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await back();
    await page.getByText(say("account:theme.dark"), { exact: true }).click();
    await page.locator("html[data-mantine-color-scheme='dark']").waitFor();
    assert.notEqual(await back(), light);
    await page.getByText(say("account:density.comfortable"), { exact: true }).click();
    await page.locator("html[data-density='comfortable']").waitFor();
    await preference(page, "theme", "dark");
    await preference(page, "density", "comfortable");
    await context.close();

    const next = await enter(browser, user.login);
    await visit(next.page, "/people");
    await next.page.locator("html[data-mantine-color-scheme='dark']").waitFor();
    const row = next.page.locator("tbody tr[data-index]").first();
    await row.waitFor();
    assert.ok((await row.boundingBox()).height >= 44);
    await next.context.close();
  });
});

describe("single keys", () => {
  it("do nothing once they are switched off; Ctrl+K still does", async () => {
    const { page, context } = await open();
    const adding = page.getByRole("form", { name: like("add:title") });
    const palette = page.getByRole("combobox", { name: say("palette:title") });
    await visit(page, "/people");
    await page.keyboard.press("n");
    await adding.waitFor();
    await page.keyboard.press("Escape");
    await adding.waitFor({ state: "hidden" });

    await visit(page, "/account?tab=preferences");
    const single = page.getByRole("switch", { name: say("account:preferences.shortcuts") });
    await tick(single, false);
    await preference(page, "shortcuts", false);
    await visit(page, "/people");
    await page.locator("tbody tr[data-index]").first().waitFor();
    await page.locator("h1").focus();
    for (const key of ["n", "?", "/", "j", "x"]) await page.keyboard.press(key);
    await page.keyboard.press("g");
    await page.keyboard.press("f");
    await page.waitForTimeout(700);
    assert.equal(new URL(page.url()).pathname, "/people");
    assert.equal(await page.getByRole("dialog").count(), 0);
    assert.equal(await page.getByRole("region", { name: say("list:bulk.title") }).count(), 0);
    await page.keyboard.press("Control+k");
    await palette.waitFor();
    await context.close();
  });
});

describe("the password", () => {
  it("is refused at the field if it is weak, and changed if not", async () => {
    const { page, context, user } = await open();
    await visit(page, "/account?tab=password");
    const current = page.getByLabel(say("account:password.current"));
    const next = page.getByLabel(say("account:password.new"));
    const change = page.getByRole("button", { name: say("account:password.change") });
    for (const weak of ["krótkie", "aaaaaaaaaaaaaa", "password1234", user.login.padEnd(14, "1")]) {
      await current.fill(PASSWORD);
      await next.fill(weak);
      const answer = page.waitForResponse((r) => r.url().endsWith("/me/password"));
      await change.click();
      const response = await answer;
      assert.equal(response.status(), 422, weak);
      const [issue] = (await response.json()).issues;
      const field = page.locator(".mantine-InputWrapper-root").filter({ has: next });
      await field.getByText(issue.reason).first().waitFor();
      assert.equal(await next.getAttribute("aria-invalid"), "true");
    }
    await current.fill("to-nie-jest-moje-haslo");
    await next.fill("siedem-zielonych-latarni");
    await change.click();
    await page.getByText(say("account:password.wrong")).waitFor();
    assert.equal(await current.getAttribute("aria-invalid"), "true");
    await current.fill(PASSWORD);
    await change.click();
    await page.getByText(say("account:password.changed")).waitFor();
    await eventually(async () =>
      assert.deepEqual([await current.inputValue(), await next.inputValue()], ["", ""]),
    );
    await context.close();

    const fresh = await enter(browser, null);
    await signIn(fresh.page, user.login, "siedem-zielonych-latarni");
    await settle(fresh.page);
    await fresh.context.close();
  });
});

describe("a token", () => {
  it("is shown once, does what its scope allows, and nothing once revoked", async () => {
    const { page, context } = await open();
    const label = `Integracja ${unique()}`;
    await visit(page, "/account?tab=tokens");
    await page
      .getByRole("button", { name: say("account:tokens.add") })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: say("account:tokens.add") });
    await dialog.getByLabel(say("account:tokens.label")).fill(label);
    await tick(dialog.getByRole("checkbox", { name: `Osoby: ${say("admin:action.read")}`, exact: true }));
    await dialog.getByRole("button", { name: say("account:tokens.add") }).click();
    await dialog.getByText(say("admin:secret.once")).waitFor();
    const token = await dialog.getByLabel(say("account:tokens.secret"), { exact: true }).inputValue();
    assert.match(token, /^klk_/);
    await dialog
      .getByRole("button", { name: say("common:close") })
      .last()
      .click();
    await dialog.waitFor({ state: "hidden" });
    const shown = async () =>
      (await page.content()).includes(token) ||
      (await page.locator("input").evaluateAll((all) => all.map((i) => i.value))).includes(token);
    assert.equal(await shown(), false);
    await page.reload();
    await settle(page);
    const row = page.getByRole("row").filter({ hasText: label });
    await row.waitFor();
    assert.equal(await shown(), false);

    const program = await request.newContext({
      baseURL: process.env.KLUCZNIK_URL,
      ignoreHTTPSErrors: true,
      extraHTTPHeaders: { Authorization: `Bearer ${token}` },
    });
    assert.equal((await program.get("/api/v1/people?limit=1")).status(), 200);
    assert.equal((await program.get("/api/v1/companies?limit=1")).status(), 403);
    const body = { fields: { last_name: "Zabroniona" } };
    assert.equal((await program.post("/api/v1/people", { data: body })).status(), 403);
    await row.getByRole("button", { name: say("admin:session.revokeOf", { client: label }) }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("admin:session.revoke"), exact: true })
      .click();
    await page.getByText(say("admin:session.revoked")).first().waitFor();
    assert.equal((await program.get("/api/v1/people?limit=1")).status(), 401);
    await page.getByText(say("account:tokens.none")).waitFor();
    await program.dispose();
    await context.close();
  });
});

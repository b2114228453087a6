// Service accounts: an administrator makes one, its owner its tokens, and a hand-over ends them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { request } from "playwright-core";
import { api, CAST, enter, settle, tick, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const { browser, admin, seller } = await office();

async function pick(page, scope, label, option) {
  await scope.getByRole("combobox", { name: label }).focus();
  await page.keyboard.press("ArrowDown");
  await scope.getByRole("combobox", { name: label }).fill(option);
  // Under the name of a person stands what tells it from others.
  await page.getByRole("option", { name: new RegExp(`^${option}`) }).click();
}

const asks = async (token) => {
  const program = await request.newContext({
    baseURL: process.env.KLUCZNIK_URL,
    ignoreHTTPSErrors: true,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
  const answer = await program.get("/api/v1/people?limit=1");
  await program.dispose();
  return answer.status();
};

async function makeToken(page, label) {
  const add = say("account:tokens.add");
  await page.getByRole("button", { name: add }).click();
  const dialog = page.getByRole("dialog", { name: add });
  await dialog.getByLabel(say("account:tokens.label")).fill(label);
  await tick(dialog.getByRole("checkbox", { name: `Osoby: ${say("admin:action.read")}`, exact: true }));
  await dialog.getByRole("button", { name: add }).click();
  await dialog.getByText(say("admin:secret.once")).waitFor();
  const token = await dialog.getByLabel(say("account:tokens.secret"), { exact: true }).inputValue();
  await dialog
    .getByRole("button", { name: say("common:close") })
    .last()
    .click();
  await dialog.waitFor({ state: "hidden" });
  return token;
}

describe("service accounts", () => {
  it("are made by an administrator, used by their owner and handed over", async () => {
    const { page } = admin;
    const name = `Sklep ${unique()}`;
    const owner = await makeUser(page, { roles: [seller] });
    const next = await makeUser(page, { roles: [seller] });
    await visit(page, "/admin/service-accounts");
    await page
      .getByRole("button", { name: say("service:add") })
      .first()
      .click();
    const dialog = page.getByRole("dialog", { name: say("service:add") });
    await dialog.getByLabel(say("service:name")).fill(name);
    await pick(page, dialog, say("service:owner"), owner.name);
    await pick(page, dialog, say("service:team"), "Zespół Północ");
    await pick(page, dialog, say("service:roles"), "Handlowiec");
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: say("service:add") }).click();
    await page.waitForURL(/\/service-accounts\/[0-9a-f-]+$/);
    await settle(page);
    await page.getByText(say("service:noTokens")).waitFor();
    assert.equal(await page.getByRole("button", { name: say("account:tokens.add") }).count(), 0);

    const theirs = await enter(browser, owner.login);
    await visit(theirs.page, "/account?tab=service");
    await theirs.page.getByRole("link", { name }).click();
    await settle(theirs.page);
    const token = await makeToken(theirs.page, "Zamówienia");
    assert.match(token, /^klk_/);
    assert.equal(await asks(token), 200);
    await visit(theirs.page, new URL(theirs.page.url()).pathname);
    await theirs.page.getByRole("row").filter({ hasText: "Zamówienia" }).getByText("127.0.0.1").waitFor();

    await seen(theirs.page, "service-account");
    await theirs.page.getByRole("button", { name: say("service:handOver") }).click();
    const over = theirs.page.getByRole("dialog", { name: like("service:handOverTitle") });
    await pick(theirs.page, over, say("service:newOwner"), next.name);
    await over.getByRole("button", { name: say("service:handOver") }).click();
    await theirs.page.getByText(say("service:ownNone")).waitFor();
    assert.equal(await asks(token), 401);

    // The administrator sees whose it is, revokes what there is by suspending it, and lets it act again.
    await visit(page, new URL(page.url()).pathname);
    await page.getByText(next.name).waitFor();
    await page.getByRole("button", { name: say("service:suspend") }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("service:suspend") })
      .click();
    await page.getByText(say("service:is.suspended"), { exact: true }).waitFor();
    await page.getByRole("button", { name: say("service:activate") }).click();
    await page.getByText(say("service:is.active"), { exact: true }).waitFor();
    const { body } = await api(page, "GET", "/service-accounts");
    assert.equal(body.items.find((a) => a.name === name).owner.id, next.id);
  });

  it("are listed with their owners, tokens and ends, and with what they can still do", async () => {
    const { page } = admin;
    const { body: users } = await api(page, "GET", "/users");
    const [anna, marta] = [CAST.seller, CAST.marketing].map((login) =>
      users.items.find((u) => u.login === login),
    );
    const mark = unique();
    const make = async (name, owner, days = 90) => {
      const ends_at = new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, "");
      const body = { name: `${name} ${mark}`, owner: owner.id, team: owner.team, roles: [seller], ends_at };
      const made = await api(page, "POST", "/service-accounts", { body });
      assert.equal(made.status, 201, made.text);
      return made.body;
    };
    await make("Hurtownia danych o bardzo długiej nazwie, jakiej używa dział analiz", anna, 300);
    const shop = await make("Sklep", anna);
    const news = await make("Biuletyn", marta, 1);
    const change = await api(page, "PATCH", `/service-accounts/${news.id}`, {
      body: { active: false },
      version: news.version,
    });
    assert.equal(change.status, 200, change.text);
    const owner = await enter(browser, "seller");
    await visit(owner.page, `/service-accounts/${shop.id}`);
    for (const label of ["Zamówienia", "Zwroty"]) await makeToken(owner.page, label);
    await visit(owner.page, "/account?tab=service");
    await seen(owner.page, "service-own");
    await owner.context.close();
    await visit(page, "/admin/service-accounts");
    const row = (name) => page.getByRole("row").filter({ hasText: `${name} ${mark}` });
    await row("Sklep").getByText(anna.name).waitFor();
    await row("Sklep").getByRole("cell", { name: "2", exact: true }).waitFor();
    await row("Sklep").getByText(say("service:is.active")).waitFor();
    await row("Biuletyn").getByText(say("service:is.suspended")).waitFor();
    const shown = await page.locator("tbody tr").filter({ hasText: mark }).allInnerTexts();
    assert.deepEqual(
      shown.map((text) => text.match(/Biuletyn|Hurtownia|Sklep/)?.[0]),
      ["Biuletyn", "Hurtownia", "Sklep"],
      "by name",
    );
    await seen(page, "service-accounts");
    // Sorted by the keyboard: who ends first stands first.
    const ends = page.getByRole("columnheader", { name: say("service:ends") });
    await ends.getByRole("button").press("Enter");
    assert.equal(await ends.getAttribute("aria-sort"), "ascending");
    const order = await page.locator("tbody tr").filter({ hasText: mark }).allInnerTexts();
    assert.match(order[0], /Biuletyn/);
    assert.match(order[2], /Hurtownia/);
    await row("Sklep").getByRole("link").press("Enter");
    await page.getByRole("row").filter({ hasText: "Zwroty" }).waitFor();
    await seen(page, "service-account-admin");
  });
});

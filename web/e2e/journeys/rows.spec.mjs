// What is done to one record where it is listed: its stage with the reason, its owner, and the way back of both.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const reaches = (page, path, wanted) =>
  eventually(async () => {
    const { body } = await api(page, "GET", path);
    assert.ok(wanted(body), JSON.stringify(body.fields));
  });

/** Made last, so that it is the first row of its list; the key J goes to it. */
async function firstRow(page, plural, path, fields) {
  const name = `Wiersz ${unique()}`;
  const made = await api(page, "POST", `/${plural}`, { body: { fields: { name, ...fields } } });
  assert.equal(made.status, 201, made.text);
  await visit(page, path);
  await page.locator("tbody tr[data-index='0']").filter({ hasText: name }).waitFor();
  await page.keyboard.press("j");
  await page.locator("tr[data-index='0'] a[data-focus]:focus").waitFor();
  return { name, path: `/${plural}/${made.body.id}` };
}

const undo = (page, text) =>
  page.getByRole("alert").filter({ hasText: text }).getByRole("button", { name: "Cofnij" }).click();

describe("a row of a list", () => {
  it("is moved to another stage by M: a lost deal with its reason, and back by undo", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    const deal = await firstRow(page, "deals", "/deals?v=table&view=all", { stage: "lead_in" });
    await page.keyboard.press("m");
    const dialog = page.getByRole("dialog", { name: `Przenieś „${deal.name}” do innego etapu` });
    await dialog.getByRole("radio", { name: "Przegrana" }).check();
    await dialog.getByRole("textbox", { name: "Powód przegranej" }).fill("Za drogo");
    await page.keyboard.press("Enter");
    await reaches(page, deal.path, ({ fields }) => fields.stage === "lost");
    assert.equal((await api(page, "GET", deal.path)).body.fields.lost_reason, "Za drogo");
    await undo(page, deal.name);
    await reaches(page, deal.path, ({ fields }) => fields.stage === "lead_in" && !fields.lost_reason);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is given to somebody else by A, and back by undo, also after a change of another field", async () => {
    const { page, context } = await enter(browser, "seller");
    const { body: me } = await api(page, "GET", "/me");
    const { body: colleagues } = await api(page, "GET", "/colleagues");
    const to = colleagues.items.find((c) => c.team === me.user.team && c.id !== me.user.id && c.active);
    const company = await firstRow(page, "companies", "/companies?view=all", {});
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Zmień właściciela" });
    await dialog.getByRole("combobox", { name: "Nowy właściciel" }).fill(to.name);
    await page.getByRole("option", { name: to.name }).click();
    await dialog.getByRole("button", { name: "Zmień właściciela" }).click();
    await reaches(page, company.path, ({ owner }) => owner.id === to.id);
    const { body } = await api(page, "GET", company.path);
    await api(page, "PATCH", company.path, { body: { fields: { city: "Łomża" } }, version: body.version });
    await undo(page, "Nowy właściciel");
    await reaches(page, company.path, ({ owner }) => owner.id === me.user.id);
    assert.equal((await api(page, "GET", company.path)).body.fields.city, "Łomża");
    await context.close();
  });
});

describe("what is searched for on the board", () => {
  it("goes along to the table, and is gone once one begins anew", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/deals?v=board");
    const box = page.getByRole("searchbox");
    await box.fill("takiej szansy nie ma");
    await page.getByText("Żadna otwarta szansa nie pasuje").waitFor();
    await page.getByRole("radiogroup", { name: "Widok" }).getByText("Tabela").click();
    await page.getByText("Nic nie pasuje do warunków").waitFor();
    assert.equal(await box.inputValue(), "takiej szansy nie ma");
    await page.getByRole("radiogroup", { name: "Widok" }).getByText("Tablica").click();
    await page.getByText("Żadna otwarta szansa nie pasuje").waitFor();
    const menu = page.getByRole("navigation", { name: "Główne menu" });
    await menu.getByRole("link", { name: "Szanse sprzedaży" }).click();
    await page.locator("[data-card]").first().waitFor();
    assert.equal(await box.inputValue(), "");
    await context.close();
  });
});

describe("the calendar by keyboard", () => {
  it("is passed by Tab: only the day at hand and what is on it are stops", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/activities?v=calendar&span=month");
    await page.locator("td[data-day] [data-event]").first().waitFor();
    const elsewhere = page.locator("td[data-day][tabindex='-1'] :is(a, button):not([tabindex='-1'])");
    assert.equal(await elsewhere.count(), 0);
    const here = page.locator("td[data-day][tabindex='0']");
    assert.equal(await here.count(), 1);
    await here.focus();
    await page.keyboard.press("Tab");
    assert.ok(await here.locator("a:focus").count(), "what is on the day can be reached");
    await context.close();
  });
});

describe("the forecast", () => {
  it("says when it cannot be made, and can be asked for again", async () => {
    const { page, context } = await enter(browser, "management");
    await page.route("**/api/v1/deals?limit=1&*", (route) => route.abort());
    await page.goto("/deals?v=forecast");
    const again = page.locator("main").getByRole("button", { name: "Spróbuj ponownie" });
    await again.waitFor({ timeout: 30_000 });
    await page.unroute("**/api/v1/deals?limit=1&*");
    await again.click();
    await page.getByRole("table").first().waitFor();
    await context.close();
  });

  it("names to whom values are hidden what is missing, and whom to ask", async () => {
    const { page, context } = await enter(browser, "dpo");
    await visit(page, "/deals?v=forecast");
    const { body: me } = await api(page, "GET", "/me");
    const told = page.locator("main").getByText("wartości szans sprzedaży");
    await told.waitFor();
    await page.locator("main").getByText(me.administrators[0].name).waitFor();
    await context.close();
  });
});

// Finding and adding: the palette, quick add, duplicates.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("finding and adding", () => {
  it("opens the palette from inside a field; three letters find a person; Enter opens (check 1)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    const { body } = await api(page, "GET", "/people?limit=1");
    const person = body.items[0];
    await page.getByPlaceholder("Szukaj na liście").focus();
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Szukaj i polecenia" });
    await dialog.waitFor();
    await page.keyboard.type(person.fields.last_name.slice(0, 3).toLowerCase());
    const options = dialog.getByRole("option");
    await options.first().waitFor();
    await page.waitForTimeout(600);
    const name = await options.first().innerText();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/(people|companies|deals|leads|activities|notes)\/.+/);
    assert.ok(name.length > 0);
    assert.ok(!page.url().includes(person.fields.last_name.slice(0, 3)));
    await context.close();
  });

  it("finds without regard to case and Polish letters", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/");
    const { body } = await api(page, "GET", "/people?limit=200&sort=-sort_name");
    const name = body.items.map((row) => row.fields.last_name).find((n) => /[łśźżćńąęó]/i.test(n));
    const folded = name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l");
    assert.notEqual(folded, name.toLowerCase());
    await page.keyboard.press("/");
    const dialog = page.getByRole("dialog", { name: "Szukaj i polecenia" });
    await dialog.waitFor();
    await page.keyboard.type(folded);
    await dialog.getByRole("option").filter({ hasText: name }).first().waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await context.close();
  });

  it("adds a person by keyboard alone in under twenty seconds (check 2)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    const begun = Date.now();
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    // What to add is asked first; then the fields, the most important ones first.
    const what = dialog.getByRole("combobox", { name: "Co dodajesz" });
    if (await what.count()) {
      await what.focus();
      await page.keyboard.type("Osoba");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    }
    const last = dialog.getByRole("textbox", { name: /^Nazwisko/ });
    await last.waitFor();
    for (let i = 0; i < 12 && !(await last.evaluate((at) => at === document.activeElement)); i++)
      await page.keyboard.press("Tab");
    const name = `Klawiaturowa${Date.now() % 100000}`;
    await page.keyboard.type(name);
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(/dodano/)
      .first()
      .waitFor();
    const took = Date.now() - begun;
    assert.ok(took < 20_000, `${took} ms`);
    const { body } = await api(page, "GET", `/people?q=${name}`);
    assert.equal(body.items.length, 1);
    await context.close();
  });

  it("shows a known e-mail and a known NIP before saving (check 3)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    const { body: companies } = await api(page, "GET", "/companies?limit=20&filter=nip:filled");
    const company = companies.items[0];
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const nip = dialog.getByRole("textbox", { name: /^NIP/ });
    await nip.waitFor();
    await nip.fill(company.fields.nip);
    await dialog.getByText("Na pewno to samo").first().waitFor();
    await dialog.getByText(company.fields.name).first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Porzuć wpisane dane" }).click();
    await context.close();
  });

  it("says at the fields what is wrong and loses nothing", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^NIP/ }).fill("1234567890");
    await dialog.getByRole("textbox", { name: /^Nazwa/ }).fill("Firma z błędem");
    await page.keyboard.press("Control+Enter");
    await dialog
      .getByText(/cyfr|NIP/i)
      .first()
      .waitFor();
    assert.equal(await dialog.getByRole("textbox", { name: /^Nazwa/ }).inputValue(), "Firma z błędem");
    const { body } = await api(page, "GET", "/companies?q=Firma%20z%20błędem");
    assert.equal(body.items.length, 0);
    await context.close();
  });
});

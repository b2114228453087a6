// Finding and adding: the palette, quick add, duplicates.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("finding and adding", () => {
  it("opens the palette from inside a field; three letters find a person; Enter opens (check 1)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    // Three letters that no Polish word begins with.
    const any = () => "bcdfghjklmnpqrtvwxz"[Math.floor(Math.random() * 19)];
    const letters = `q${any()}${any()}`;
    const name = `${letters}owska${unique()}`;
    const made = await api(page, "POST", "/people", {
      body: { fields: { first_name: "Halina", last_name: name } },
    });
    assert.equal(made.status, 201, made.text);
    await page.getByPlaceholder("Szukaj na liście").focus();
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Szukaj i polecenia" });
    await dialog.waitFor();
    await page.keyboard.type(letters);
    await dialog.getByRole("option").first().filter({ hasText: name }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === `/people/${made.body.id}`);
    assert.ok(!page.url().includes(letters));
    await page.getByRole("heading", { name: new RegExp(name), level: 1 }).waitFor();
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
    // On the list of people one adds a person; the most important field has the focus.
    const last = dialog.getByRole("textbox", { name: /^Nazwisko/ });
    await eventually(async () => assert.ok(await last.evaluate((at) => at === document.activeElement)));
    const name = `Klawiaturowa${unique()}`;
    await page.keyboard.type(name);
    await page.keyboard.press("Control+Enter");
    await dialog.waitFor({ state: "hidden" });
    const took = Date.now() - begun;
    assert.ok(took < 20_000, `${took} ms`);
    const { body } = await api(page, "GET", `/people?q=${name}`);
    assert.equal(body.items.length, 1);
    await context.close();
  });

  for (const [what, plural, field, label] of [
    ["a known NIP", "companies", "nip", /^NIP/],
    ["a known e-mail", "people", "email", /^E-mail/],
  ])
    it(`shows ${what} before saving (check 3)`, async () => {
      const { page, context } = await enter(browser, "seller");
      await visit(page, `/${plural}`);
      const { body } = await api(page, "GET", `/${plural}?limit=1&filter=${field}:filled`);
      const known = body.items[0].fields;
      await page.keyboard.press("n");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: label }).fill(known[field]);
      await dialog.getByText("Na pewno to samo").first().waitFor();
      await dialog.getByText(known.name).first().waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Porzuć wpisane dane" }).click();
      await context.close();
    });

  it("says at the fields what is wrong and loses nothing", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    await page.keyboard.press("n");
    const dialog = page.getByRole("dialog");
    const nip = dialog.getByRole("textbox", { name: /^NIP/ });
    await nip.fill("1234567890");
    await dialog.getByRole("textbox", { name: /^Nazwa/ }).fill("Firma z błędem");
    const answer = page.waitForResponse(
      (r) => r.request().method() === "POST" && new URL(r.url()).pathname.endsWith("/companies"),
    );
    await page.keyboard.press("Control+Enter");
    const [issue] = (await (await answer).json()).issues;
    await dialog.locator("[data-field='nip']").getByText(issue.reason).waitFor();
    await eventually(async () => assert.equal(await nip.getAttribute("aria-invalid"), "true"));
    assert.equal(await dialog.getByRole("textbox", { name: /^Nazwa/ }).inputValue(), "Firma z błędem");
    const { body } = await api(page, "GET", "/companies?q=Firma%20z%20błędem");
    assert.equal(body.items.length, 0);
    await context.close();
  });
});

// Home: what each of the cast is to do and see, no failure among it; links that lead to what they name.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, conditions, enter, eventually, launch, settle, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const BLOCKS = {
  seller: ["Moje aktywności", "Moje otwarte szanse", "Czeka na Ciebie", "Moje szanse według etapu"],
  otherSeller: ["Moje aktywności", "Moje otwarte szanse", "Czeka na Ciebie", "Moje szanse według etapu"],
  management: ["Prognoza sprzedaży", "Zespoły", "Otwarte szanse według etapu", "Moje aktywności"],
  marketing: ["Najnowsze leady", "Osoby według źródła", "Nowe leady według źródła (ostatnie 30 dni)"],
  dpo: ["Ostatnie odmowy dostępu", "Ostatnie trwałe usunięcia danych"],
  admin: ["Stan systemu", "Czeka na Ciebie"],
  auditor: ["Zablokowane logowania", "Nieudane logowania", "Ostatnie odmowy dostępu"],
};

const block = (page, name) => page.getByRole("region", { name, exact: true });
/** Polish numbers are grouped by spaces that do not break. */
const numberIn = (text) => Number(text.replace(/[^\d]/g, ""));

async function settled(page) {
  await settle(page);
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.locator("main [data-loading]").first().waitFor({ state: "detached" });
}

describe("home", () => {
  for (const [who, names] of Object.entries(BLOCKS))
    it(`has its blocks and no failure: ${who}`, async () => {
      const { page, context, faults } = await enter(browser, who);
      await visit(page, "/");
      for (const name of names) await block(page, name).waitFor();
      await settled(page);
      assert.equal(await page.locator("main").getByRole("alert").count(), 0);
      assert.equal(await page.getByText("Brak uprawnień").count(), 0);
      // Every block says something.
      for (const text of await page.locator("main section").allInnerTexts())
        assert.ok(text.split("\n").filter((line) => line.trim()).length > 1, `empty: ${text}`);
      assert.deepEqual(faults, []);
      await context.close();
    });

  it("marks an activity as done, with undo", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    const { body: me } = await api(page, "GET", "/me");
    const title = `Telefon ${Date.now()}`;
    // The latest of those that are late comes first.
    const due = new Date(Date.now() - 1000).toISOString();
    const made = await api(page, "POST", "/activities", {
      body: { fields: { kind: "call", title, due, assignee: me.user.id } },
    });
    assert.equal(made.status, 201, made.text);
    await page.reload();
    await settled(page);
    const mine = block(page, "Moje aktywności");
    const button = mine.getByRole("button", { name: `Oznacz jako wykonane: ${title}` });
    await button.click();
    await page.getByText(`Wykonano: „${title}”`).waitFor();
    await mine.getByText(title).waitFor({ state: "detached" });
    assert.equal((await api(page, "GET", `/activities/${made.body.id}`)).body.fields.done, true);
    await page.getByRole("alert").filter({ hasText: title }).getByRole("button", { name: "Cofnij" }).click();
    await mine.getByText(title).waitFor();
    assert.equal((await api(page, "GET", `/activities/${made.body.id}`)).body.fields.done, false);
    await button.click();
    await mine.getByText(title).waitFor({ state: "detached" });
    await context.close();
  });

  it("shows the forecast as a picture and as a table with the same numbers", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/");
    await settled(page);
    const forecast = block(page, "Prognoza sprzedaży");
    const said = await forecast.locator("div[role='img']").getAttribute("aria-label");
    const bars = forecast.locator(".recharts-bar-rectangle path, .recharts-bar-rectangle rect");
    await bars.first().waitFor();
    await forecast.getByRole("button", { name: "Pokaż tabelę" }).click();
    const table = forecast.getByRole("table", { name: "Prognoza według miesięcy" });
    const rows = await table
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.ok(rows.length > 1);
    const [, count, whole, weighted] = await table.locator("tfoot tr > *").allInnerTexts();
    assert.equal(
      numberIn(count),
      rows.map((row) => numberIn(row[1])).reduce((a, b) => a + b),
    );
    const plain = (text) => text.replace(/\s/g, " ");
    assert.ok(plain(said).includes(plain(whole)), `${said} has no ${whole}`);
    assert.ok(plain(said).includes(plain(weighted)), `${said} has no ${weighted}`);
    // A month leads to its deals, as many as the table says.
    const link = table.getByRole("link").first();
    await link.click();
    await page.waitForURL(/\/deals\?.*v=table/);
    await settled(page);
    await page
      .getByRole("button", { name: /^Usuń warunek/ })
      .first()
      .waitFor();
    const shown = page
      .locator("main [role='status']")
      .filter({ hasText: /rekord/ })
      .first();
    await eventually(async () =>
      assert.equal(numberIn(await shown.locator("span").first().innerText()), numberIn(rows[0][1])),
    );
    await page.goBack();
    await block(page, "Prognoza sprzedaży").waitFor();
    await context.close();
  });

  it("counts deals by stage as the list behind each number does", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    await settled(page);
    const stages = block(page, "Moje szanse według etapu").getByRole("table");
    const row = stages.locator("tbody tr").first();
    const count = numberIn(await row.locator("td").first().innerText());
    const { body: me } = await api(page, "GET", "/me");
    await row.getByRole("link").click();
    await page.waitForURL(/v=table/);
    const filters = conditions(page);
    assert.ok(filters.includes(`owner:in:${me.user.id}`), filters.join());
    await page.locator("main [role='status']").first().waitFor();
    const query = filters.map((f) => `&filter=${encodeURIComponent(f)}`).join("");
    const { body } = await api(page, "GET", `/deals?limit=1&count=true${query}`);
    assert.equal(body.count, count);
    await context.close();
  });

  it("counts leads and people by source as the lists do", async () => {
    const { page, context } = await enter(browser, "marketing");
    await visit(page, "/");
    await settled(page);
    const row = block(page, "Osoby według źródła").getByRole("table").locator("tbody tr").first();
    const count = numberIn(await row.locator("td").first().innerText());
    await row.getByRole("link").click();
    await page.waitForURL(/\/people#f=source/);
    await settled(page);
    const shown = page.locator("h1 [role='status'] > span").first();
    await eventually(async () => assert.equal(numberIn(await shown.innerText()), count));
    await context.close();
  });

  it("leads from what is to be done to the list of it", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    const { body: me } = await api(page, "GET", "/me");
    await block(page, "Moje aktywności").getByRole("link", { name: "Pokaż wszystkie" }).click();
    await page.waitForURL(/\/activities.*#f=/);
    assert.ok(conditions(page).includes(`assignee:in:${me.user.id}`));
    await page.getByRole("button", { name: "Moje", pressed: true }).waitFor();
    await visit(page, "/");
    await block(page, "Moje otwarte szanse").getByRole("link", { name: "Tablica" }).click();
    await page.waitForURL(/\/deals\?.*who=mine/);
    await context.close();
  });
});

// Lists: conditions, the address, saved views, many rows, changes of many, what may not be seen.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, settle, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const chosen = (page) => page.locator("tbody tr[data-index]");

async function addCondition(page, field, choose) {
  await page.getByRole("button", { name: "Dodaj warunek" }).click();
  await page.getByRole("combobox", { name: "Pole" }).fill(field);
  await page.getByRole("option", { name: field, exact: true }).click();
  await choose();
  await page.getByRole("button", { name: "Zastosuj" }).click();
}

describe("lists", () => {
  it("keep coded conditions in the address, over reload and Back (check 4)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/leads");
    await addCondition(page, "Status", async () => {
      await page.getByLabel("Wartość").first().focus();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("option", { name: "Nowy", exact: true }).click();
      await page.keyboard.press("Escape");
    });
    await page.waitForURL(/f=status%3Ain%3Anew/);
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    await page.reload();
    await settle(page);
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    await page.getByRole("button", { name: "Wyczyść warunki" }).click();
    await page.waitForURL((url) => !url.search.includes("status"));
    await page.goBack();
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    await context.close();
  });

  it("keep what was typed out of the address, and still over reload and Back", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    await page.getByPlaceholder("Szukaj na liście").fill("kowal");
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll("tbody tr[data-index]")];
      return rows.length > 0 && rows.every((row) => /kowal/i.test(row.textContent));
    });
    assert.ok(!/kowal/i.test(page.url()));
    await page.reload();
    await settle(page);
    assert.equal(await page.getByPlaceholder("Szukaj na liście").inputValue(), "kowal");
    assert.ok(!/kowal/i.test(page.url()));
    await context.close();
  });

  it("are saved as views: private, shared, default; a shared view shows no forbidden row (check 5)", async () => {
    const { page, context } = await enter(browser, "seller");
    const name = `Gorące ${Date.now()}`;
    await visit(page, "/leads?f=rating%3Ain%3Ahot");
    await page.getByRole("button", { name: /^Wszystkie/ }).click();
    await page.getByRole("menuitem", { name: "Zapisz jako nowy widok" }).click();
    await page.getByLabel("Nazwa widoku").fill(name);
    await page.getByRole("button", { name: "Zapisz", exact: true }).click();
    await page.waitForURL(/view=/);
    const other = await enter(browser, "otherSeller");
    await visit(other.page, "/leads");
    await other.page.getByRole("button", { name: /^Wszystkie/ }).click();
    await other.page.getByRole("menuitem", { name: "Zapisz jako nowy widok" }).waitFor();
    assert.equal(await other.page.getByRole("menuitem", { name }).count(), 0, "private by default");
    await other.page.keyboard.press("Escape");

    await page.getByRole("button", { name: new RegExp(name) }).click();
    await page.getByRole("menuitem", { name: "Udostępnij wszystkim" }).click();
    await page.getByText(`Zmieniono widok „${name}”`).first().waitFor();
    await page.getByRole("button", { name: new RegExp(name) }).click();
    await page.getByRole("menuitem", { name: "Ustaw jako domyślny" }).click();
    await page.getByText("jest widokiem domyślnym").first().waitFor();
    await visit(page, "/leads");
    await page.getByRole("button", { name: new RegExp(`^${name}`) }).waitFor();
    const own = new Set(
      (await api(page, "GET", "/leads?filter=rating:in:hot&limit=200")).body.items.map((r) => r.id),
    );

    await other.page.reload();
    await settle(other.page);
    await other.page.getByRole("button", { name: /^Wszystkie/ }).click();
    await other.page.getByRole("menuitem", { name: new RegExp(name) }).click();
    await other.page.waitForURL(/view=/);
    await chosen(other.page).first().waitFor();
    const links = await chosen(other.page)
      .locator("a[data-focus]")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/").pop()));
    assert.ok(links.length > 0);
    assert.ok(
      links.every((id) => !own.has(id)),
      "another team's leads are not shown",
    );
    await context.close();
    await other.context.close();
  });

  it("change the owner of fifty rows with progress, result and undo (check 8)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    await chosen(page).nth(5).waitFor();
    const { body: me } = await api(page, "GET", "/me");
    const { body: people } = await api(page, "GET", "/people?limit=50");
    const before = new Map(people.items.map((row) => [row.id, row.owner]));
    const { body: colleagues } = await api(page, "GET", "/colleagues");
    const to = colleagues.items.find((c) => c.team === me.user.team && c.id !== me.user.id && c.active);
    // The first page is fifty rows.
    await page.getByRole("checkbox", { name: "Zaznacz wszystkie wczytane wiersze" }).check();
    const said = await page
      .getByRole("region", { name: "Działania na zaznaczonych" })
      .getByRole("status")
      .innerText();
    assert.match(said, /Zaznaczono \d+ rekord/);
    await page.getByRole("button", { name: "Zmień właściciela" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").first().click();
    await page.getByRole("option", { name: to.name }).click();
    await dialog.getByRole("button", { name: /^Zmień \d+ rekord/ }).click();
    await page
      .getByText(/Zmieniono \d+ rekord/)
      .first()
      .waitFor({ timeout: 30_000 });
    const { body: moved } = await api(page, "GET", `/people?limit=200&filter=owner:eq:${to.id}`);
    for (const id of before.keys())
      assert.ok(
        moved.items.some((row) => row.id === id),
        `${id} was not moved`,
      );
    await page.getByRole("button", { name: "Cofnij" }).first().click();
    for (let i = 0; i < 60; i++) {
      const { body: now } = await api(page, "GET", "/people?limit=200");
      const owners = new Map(now.items.map((row) => [row.id, row.owner]));
      if ([...before].every(([id, owner]) => owners.get(id) === owner)) {
        await context.close();
        return;
      }
      await page.waitForTimeout(500);
    }
    assert.fail("owners were not put back");
  });

  it("scroll through many rows with fewer than sixty in the page (check 9)", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/people");
    await chosen(page).first().waitFor();
    let most = 0;
    let reached = 0;
    for (let i = 0; i < 80 && reached < 1900; i++) {
      [most, reached] = await page.evaluate((most) => {
        const rows = [...document.querySelectorAll("tbody tr[data-index]")];
        let at = rows[0];
        while (
          at &&
          !(at.scrollHeight > at.clientHeight + 10 && /auto|scroll/.test(getComputedStyle(at).overflowY))
        )
          at = at.parentElement;
        at.scrollTop = at.scrollHeight;
        return [Math.max(most, rows.length), Math.max(...rows.map((r) => Number(r.dataset.index)))];
      }, most);
      await page.waitForTimeout(120);
    }
    assert.ok(reached > 1900, `came to row ${reached}`);
    assert.ok(most < 60, `${most} rows in the page`);
    await context.close();
  });

  it("are worked by keyboard alone", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    await chosen(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("Shift+X");
    await page.getByText("Zaznaczono 3 rekordy").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/companies\/.+/);
    await context.close();
  });

  it("sort Polish names right (check 28)", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/people?s=sort_name");
    await chosen(page).first().waitFor();
    const { body } = await api(page, "GET", "/people?sort=sort_name&limit=200");
    const names = body.items.map((row) => row.fields.sort_name);
    assert.deepEqual(names, [...names].sort(new Intl.Collator("pl").compare));
    await context.close();
  });

  it("say the same of what is not there and what may not be seen (check 27)", async () => {
    const management = await enter(browser, "management");
    const { body } = await api(management.page, "GET", "/people?limit=200");
    const seller = await enter(browser, "seller");
    const seen = new Set((await api(seller.page, "GET", "/people?limit=200")).body.items.map((r) => r.team));
    const hidden = body.items.find((row) => !seen.has(row.team));
    const texts = [];
    for (const id of [hidden.id, "0190a6c2-7b1e-7c3d-8e4f-0123456789ab", "no-id"]) {
      await visit(seller.page, `/people/${id}`);
      await seller.page.getByRole("heading", { name: "Nie znaleziono" }).waitFor();
      texts.push(await seller.page.locator("main").innerText());
    }
    assert.equal(new Set(texts).size, 1);
    await management.context.close();
    await seller.context.close();
  });
});

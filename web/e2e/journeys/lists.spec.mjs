// Lists: conditions, the address, saved views, many rows, changes of many, what may not be seen.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, conditions, enter, eventually, launch, settle, tick, visit } from "../lib.mjs";
import { makeMany, makeUser, roleId, say, unique } from "../made.mjs";

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
  it("cut no heading and scroll nowhere sideways in a window of 1440 px", async () => {
    for (const lang of ["pl", "en"]) {
      const { page, context } = await enter(browser, "seller", { lang });
      for (const path of [
        "/companies",
        "/people",
        "/leads",
        "/notes",
        "/deals?v=table",
        "/activities?v=list",
      ]) {
        await visit(page, path);
        const found = await page.getByRole("table").evaluate((table) => ({
          wide: table.parentElement.scrollWidth - table.parentElement.clientWidth,
          cut: [...table.querySelectorAll("th span:not(.visually-hidden)")]
            .filter((text) => text.scrollWidth > text.clientWidth && text.clientWidth > 0)
            .map((text) => text.innerText),
        }));
        assert.deepEqual(found, { wide: 0, cut: [] }, `${lang} ${path}`);
      }
      await context.close();
    }
  });

  it("keep coded conditions in the address, over reload and Back (check 4)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/leads");
    await addCondition(page, "Status", async () => {
      await page.getByLabel("Wartość").first().focus();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("option", { name: "Nowy", exact: true }).click();
      await page.keyboard.press("Escape");
    });
    await page.waitForURL(/#f=status%3Ain%3Anew/);
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    assert.equal(new URL(page.url()).search, "", "no server is told of it");
    // The way past the navigation leaves it there.
    await page.locator("a[href='#main']").press("Enter");
    assert.deepEqual(conditions(page), ["status:in:new"]);
    await page.reload();
    await settle(page);
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    // If nothing is new, the empty list offers the same.
    await page.getByRole("button", { name: "Wyczyść warunki" }).first().click();
    await page.waitForURL((url) => !url.href.includes("status"));
    await page.goBack();
    await page.getByRole("button", { name: /Usuń warunek Status/ }).waitFor();
    await context.close();
  });

  it("keep what was typed out of the address, and still over reload and Back", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    await page.getByPlaceholder("Szukaj na liście").fill("kowal");
    const typed = () =>
      eventually(async () => {
        assert.equal(await page.getByPlaceholder("Szukaj na liście").inputValue(), "kowal");
        const names = await chosen(page).locator("a[data-focus]").allInnerTexts();
        assert.ok(names.length > 0 && names.every((name) => /kowal/i.test(name)), names.join(" | "));
      });
    await typed();
    assert.ok(!/kowal/i.test(page.url()));
    await page.reload();
    await typed();
    assert.ok(!/kowal/i.test(page.url()));
    await chosen(page).locator("a[data-focus]").first().click();
    await page.waitForURL(/\/people\/.+/);
    await page.getByRole("tab", { name: "Szczegóły" }).waitFor();
    await page.goBack();
    await typed();
    assert.ok(!/kowal/i.test(page.url()));
    await context.close();
  });

  it("are saved as views: private, shared, default; a shared view shows no forbidden row (check 5)", async () => {
    const { page, context } = await enter(browser, "seller");
    const name = `Gorące ${unique()}`;
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
    // The condition of the view: until then the rows of the list before are shown.
    await other.page.getByRole("button", { name: /^Usuń warunek/ }).waitFor();
    await other.page.locator("table:not([aria-busy])").waitFor();
    await chosen(other.page).first().waitFor();
    const links = await chosen(other.page)
      .locator("a[data-focus]")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href").split("/").pop()));
    assert.ok(links.length > 0);
    assert.ok(
      links.every((id) => !own.has(id)),
      "another team's leads are not shown",
    );
    // Others find the list as it was.
    const { body: views } = await api(page, "GET", "/views?entity=lead");
    const made = views.items.find((view) => view.name === name);
    const gone = await api(page, "DELETE", `/views/${made.id}`, { version: made.version });
    assert.ok(gone.status < 300, gone.text);
    // The address of the view is no way to another list: it says that the view is gone, and leads to the whole one.
    let asked = 0;
    other.page.on("request", (request) => {
      if (/\/api\/v1\/leads\?/.test(request.url())) asked += 1;
    });
    await visit(other.page, `/leads?view=${made.id}`);
    await other.page.getByText(say("list:views.gone")).waitFor();
    assert.equal(asked, 0, "no list is asked for");
    await other.page.getByRole("button", { name: say("list:views.showAll") }).click();
    await chosen(other.page).first().waitFor();
    await other.page.getByRole("button", { name: /^Wszystkie/ }).waitFor();
    await context.close();
    await other.context.close();
  });

  it("change the owner of fifty rows with progress, result and undo (check 8)", async () => {
    const { page, context } = await enter(browser, "seller");
    const mark = `Piecdziesiat${unique()}`;
    await visit(page, "/people?view=all");
    await makeMany(page, "people", 50, ["Imię", "Nazwisko"], (at) => [`Ktoś${at}`, mark]);
    const { body: me } = await api(page, "GET", "/me");
    const { body: colleagues } = await api(page, "GET", "/colleagues");
    const to = colleagues.items.find((c) => c.team === me.user.team && c.id !== me.user.id && c.active);
    const owners = async () => {
      const { body } = await api(page, "GET", `/people?limit=200&q=${mark}`);
      return body.items.map((row) => row.owner);
    };
    // How it ends is held back, so that it can be seen that it is under way.
    let tell;
    const told = new Promise((done) => {
      tell = done;
    });
    await page.route("**/api/v1/jobs/*", (route) => told.then(() => route.fallback()));
    await page.getByPlaceholder("Szukaj na liście").fill(mark);
    await page.locator("h1").getByText("50", { exact: true }).waitFor();
    await tick(page.getByRole("checkbox", { name: "Zaznacz wszystkie wczytane wiersze" }));
    const bar = page.getByRole("region", { name: "Działania na zaznaczonych" });
    await bar.getByRole("status").getByText("Zaznaczono 50 rekordów").waitFor();
    await bar.getByRole("button", { name: "Zmień właściciela" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").first().click();
    await page.getByRole("option", { name: to.name }).click();
    await dialog.getByRole("button", { name: "Zmień 50 rekordów" }).click();
    await page.getByRole("alert").getByText("Zmieniam rekordy").waitFor();
    tell();
    const result = page.getByRole("alert").filter({ hasText: "Zmieniono 50 rekordów" });
    await result.waitFor({ timeout: 60_000 });
    // A message that the pointer rests on stays.
    await result.hover();
    assert.deepEqual(new Set(await owners()), new Set([to.id]));
    await result.getByRole("button", { name: "Cofnij" }).click();
    await eventually(async () => assert.deepEqual(new Set(await owners()), new Set([me.user.id])), 60_000);
    await page.unrouteAll({ behavior: "wait" });
    await context.close();
  });

  it("scroll through many rows with fewer than sixty in the page (check 9)", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/people");
    await chosen(page).first().waitFor();
    let most = 0;
    let reached = 0;
    for (const end = Date.now() + 90_000; reached < 1900 && Date.now() < end; ) {
      [most, reached] = await page.evaluate((most) => {
        const rows = [...document.querySelectorAll("tbody tr[data-index]")];
        const frame = document.querySelector("table").parentElement;
        frame.scrollTop = frame.scrollHeight;
        return [Math.max(most, rows.length), Math.max(0, ...rows.map((r) => Number(r.dataset.index)))];
      }, most);
      await page.waitForTimeout(120);
    }
    assert.ok(reached > 1900, `came to row ${reached}`);
    assert.ok(most < 60, `${most} rows in the page`);
    const at = await chosen(page).nth(5).getAttribute("data-index");
    const row = page.locator(`tbody tr[data-index="${at}"]:has(td)`);
    const before = await row.locator("td").count();
    await page.getByRole("button", { name: "Kolumny" }).click();
    // Where one is stays where it is, when a column comes and when it goes.
    for (const on of [true, false]) {
      await tick(page.getByRole("checkbox", { name: "Źródło", exact: true }), on);
      await page.locator("table:not([aria-busy])").waitFor();
      await eventually(async () => assert.equal(await row.locator("td").count(), before + Number(on)));
    }
    await context.close();
  });

  it("are worked by keyboard alone", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    const links = chosen(page).locator("a[data-focus]");
    await links.nth(4).waitFor();
    const fourth = await links.nth(3).getAttribute("href");
    for (const key of ["j", "j", "x", "j", "j", "Shift+X"]) await page.keyboard.press(key);
    await page.getByText("Zaznaczono 3 rekordy").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === fourth);
    await context.close();
  });

  it("show the columns chosen, and still after a reload", async () => {
    const { page: admin, context: office } = await enter(browser, "admin");
    const user = await makeUser(admin, { roles: [await roleId(admin, "seller")] });
    await office.close();
    const { page, context } = await enter(browser, user.login);
    const heading = page.getByRole("columnheader", { name: "Źródło" });
    await visit(page, "/people");
    await chosen(page).first().waitFor();
    assert.equal(await heading.count(), 0);
    await page.getByRole("button", { name: "Kolumny" }).click();
    await tick(page.getByRole("checkbox", { name: "Źródło", exact: true }));
    await heading.waitFor();
    await eventually(async () =>
      assert.ok((await api(page, "GET", "/me/preferences")).body.columns.person.includes("source")),
    );
    await page.reload();
    await heading.waitFor();
    await context.close();
  });

  it("sort Polish names right (check 28)", async () => {
    const { page, context } = await enter(browser, "seller");
    const mark = unique();
    const sorted = ["Cis", "Ćma", "Lis", "Łoś", "Mak", "Sowa", "Świt", "Zając", "Źrebak", "Żak"];
    await visit(page, "/companies?s=name");
    await makeMany(page, "companies", sorted.length, ["Nazwa"], (at) => [`${sorted.at(-1 - at)} ${mark}`]);
    await page.getByPlaceholder("Szukaj na liście").fill(mark);
    const names = async () => {
      const texts = await chosen(page).locator("a[data-focus]").allInnerTexts();
      return texts.map((text) => text.replace(` ${mark}`, ""));
    };
    await eventually(async () => assert.deepEqual(await names(), sorted));
    await page.getByRole("columnheader", { name: "Nazwa" }).getByRole("button").click();
    await eventually(async () => assert.deepEqual(await names(), sorted.toReversed()));
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
    // What is no id at all cannot be asked for; of ids, none says more than another.
    assert.equal(texts[0], texts[1]);
    assert.match(texts[0], /Poproś o dostęp/);
    assert.doesNotMatch(texts[2], /Poproś o dostęp/);
    await management.context.close();
    await seller.context.close();
  });
});

// One record: changing where it stands, conflicts, history, neighbours, timeline, what others do meanwhile.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, listening, settle, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function aPerson(page, at = 7) {
  const { body } = await api(page, "GET", `/people?limit=${at + 1}&sort=created_at`);
  return body.items[at];
}

const fieldOf = (page, name) => page.locator(`[data-field='${name}']`);

async function edit(page, name, text, key = "Enter") {
  await fieldOf(page, name)
    .getByRole("button", { name: /^Edytuj/ })
    .click();
  const input = fieldOf(page, name).getByRole("textbox");
  await input.fill(text);
  await input.press(key);
}

/** What the server has. */
const has = (page, id, name, value) =>
  eventually(async () => assert.equal((await api(page, "GET", `/people/${id}`)).body.fields[name], value));

describe("record", () => {
  it("changes a field in place: Enter saves, Esc brings back (check 6)", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page);
    await visit(page, `/people/${person.id}?tab=details`);
    await edit(page, "job_title", "Kierowniczka sprzedaży");
    await fieldOf(page, "job_title").getByText("Kierowniczka sprzedaży").waitFor();
    await has(page, person.id, "job_title", "Kierowniczka sprzedaży");
    await edit(page, "job_title", "Ktoś inny", "Escape");
    await fieldOf(page, "job_title").getByText("Kierowniczka sprzedaży").waitFor();
    await context.close();
  });

  it("opens a field by the key E, and says at the field what is wrong", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page, 8);
    await visit(page, `/people/${person.id}?tab=details`);
    await fieldOf(page, "email").locator("[data-edit]").waitFor();
    await page.keyboard.press("e");
    await page.locator("[data-field] input:focus").waitFor();
    await page.keyboard.press("Escape");
    const answer = page.waitForResponse((r) => r.request().method() === "PATCH");
    await edit(page, "email", "to nie adres");
    const [issue] = (await (await answer).json()).issues;
    await fieldOf(page, "email").getByText(issue.reason).waitFor();
    const input = fieldOf(page, "email").getByRole("textbox");
    assert.deepEqual(
      [await input.inputValue(), await input.getAttribute("aria-invalid")],
      ["to nie adres", "true"],
    );
    const { body } = await api(page, "GET", `/people/${person.id}`);
    assert.notEqual(body.fields.email, "to nie adres");
    await context.close();
  });

  it("shows both values when somebody else was faster (check 6)", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page, 9);
    await visit(page, `/people/${person.id}?tab=details`);
    await fieldOf(page, "city")
      .getByRole("button", { name: /^Edytuj/ })
      .click();
    const now = (await api(page, "GET", `/people/${person.id}`)).body;
    await api(page, "PATCH", `/people/${person.id}`, {
      body: { fields: { city: "Gdynia" } },
      version: now.version,
    });
    const input = fieldOf(page, "city").getByRole("textbox");
    await input.fill("Sopot");
    await input.press("Enter");
    const dialog = page.getByRole("dialog", { name: "To pole zmieniła w międzyczasie inna osoba" });
    await dialog.getByText("Gdynia").waitFor();
    await dialog.getByText("Sopot").waitFor();
    await dialog.getByRole("button", { name: "Zostaw moją" }).click();
    await fieldOf(page, "city").getByText("Sopot").waitFor();
    await has(page, person.id, "city", "Sopot");
    await context.close();
  });

  it("is undone by Ctrl+Z, and from its history at any later time (check 7)", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page, 10);
    await visit(page, `/people/${person.id}?tab=details`);
    await edit(page, "job_title", "Pierwsza wartość");
    await edit(page, "city", "Kędzierzyn-Koźle");
    // Only what the server has taken can be undone.
    await page.getByText("Zapisano: Miejscowość").waitFor();
    await page.locator("h1").focus();
    await page.keyboard.press("Control+z");
    await has(page, person.id, "city", person.fields.city);
    await fieldOf(page, "city").getByText("Kędzierzyn-Koźle").waitFor({ state: "detached" });
    await has(page, person.id, "job_title", "Pierwsza wartość");
    await edit(page, "job_title", "Trzecia wartość");
    await has(page, person.id, "job_title", "Trzecia wartość");
    // The message is gone with the page that was left; history is not.
    await visit(page, `/people/${person.id}?tab=history`);
    const newest = page.locator("main li").filter({ hasText: "Trzecia wartość" }).first();
    await newest.getByText("Pierwsza wartość").waitFor();
    await page.getByRole("button", { name: "Przywróć poprzednie" }).first().click();
    await page.getByText("Przywrócono poprzednie wartości").first().waitFor();
    await has(page, person.id, "job_title", "Pierwsza wartość");
    await context.close();
  });

  it("has neighbours that keep tab and order of the list (check 13)", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/companies");
    const links = page.locator("tbody tr[data-index] a[data-focus]");
    await links.nth(3).waitFor();
    const [hrefs, names] = await links.evaluateAll((all) => [
      all.slice(0, 4).map((a) => a.getAttribute("href")),
      all.slice(0, 4).map((a) => a.textContent),
    ]);
    // The address changes before the page does.
    const shows = (at) => page.getByRole("heading", { name: names[at], level: 1 }).waitFor();
    await links.nth(1).click();
    await page.waitForURL(`**${hrefs[1]}*`);
    await shows(1);
    await page.getByRole("tab", { name: "Szczegóły" }).click();
    await page.waitForURL(/tab=details/);
    await page.keyboard.press("]");
    await page.waitForURL((url) => url.pathname === hrefs[2] && url.search.includes("tab=details"));
    await shows(2);
    await page
      .getByRole("button", { name: /^Edytuj/ })
      .first()
      .waitFor();
    await page.keyboard.press("[");
    await page.waitForURL((url) => url.pathname === hrefs[1] && url.search.includes("tab=details"));
    await shows(1);
    await context.close();
  });

  it("tells on its timeline what happened, by kind, in local time with ISO behind it (check 14)", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page, 11);
    await visit(page, `/people/${person.id}`);
    const note = `Rozmowa o umowie ${unique()}`;
    await page.getByPlaceholder("Napisz notatkę…").fill(note);
    await page.keyboard.press("Control+Enter");
    const main = page.locator("main");
    await main.getByText(note).first().waitFor();
    const { body: now } = await api(page, "GET", `/people/${person.id}`);
    await api(page, "PATCH", `/people/${person.id}`, {
      body: { fields: { city: "Elbląg" } },
      version: now.version,
    });
    await page.reload();
    await settle(page);
    await main.getByText("Elbląg").first().waitFor();
    const filters = page
      .getByRole("group", { name: "Pokaż na osi czasu" })
      .or(page.getByLabel("Pokaż na osi czasu"));
    await filters.first().getByText("Notatki").click();
    await main.getByText(note).first().waitFor();
    await main
      .getByText("Elbląg", { exact: true })
      .locator("visible=true")
      .first()
      .waitFor({ state: "detached" });
    await main.getByText(note).first().waitFor();
    const when = main.locator("ol time").first();
    const iso = await when.getAttribute("title");
    assert.match(iso, /^\d{4}-\d\d-\d\dT/);
    const local = new Date(iso).toLocaleTimeString("pl", {
      timeZone: "Europe/Warsaw",
      hour: "2-digit",
      minute: "2-digit",
    });
    assert.ok((await when.innerText()).includes(local), `${await when.innerText()} is not ${local}`);
    await context.close();
  });

  it("says when somebody else has changed it, and shows it when asked", async () => {
    const { page, context } = await enter(browser, "seller");
    const other = await enter(browser, "piotr.zielinski");
    const person = await aPerson(page, 12);
    await visit(page, `/people/${person.id}?tab=details`);
    await listening(page, person.id);
    const { body: now } = await api(other.page, "GET", `/people/${person.id}`);
    const city = `Miasto${Date.now() % 1000}`;
    const done = await api(other.page, "PATCH", `/people/${person.id}`, {
      body: { fields: { city } },
      version: now.version,
    });
    assert.equal(done.status, 200);
    await page.getByText("Zmiana: Piotr Zieliński").first().waitFor();
    await page.getByRole("button", { name: "Pokaż zmianę" }).click();
    await fieldOf(page, "city").getByText(city).waitFor();
    await context.close();
    await other.context.close();
  });

  it("lists everybody who can see it, with the reason, as the server decides (check 21)", async () => {
    const { page, context } = await enter(browser, "seller");
    const person = await aPerson(page, 13);
    await visit(page, `/people/${person.id}?tab=access`);
    const { body: who } = await api(page, "GET", `/people/${person.id}/access?limit=100`);
    assert.ok(who.items.length >= 5);
    const main = page.locator("main");
    for (const { user, reasons } of who.items) {
      await main.getByText(user.name).first().waitFor();
      await main.getByText(reasons[0].label).first().waitFor();
    }
    // As each of the cast really finds it.
    for (const name of ["seller", "otherSeller", "management", "marketing", "dpo", "admin", "auditor"]) {
      const one = await enter(browser, name);
      const { status } = await api(one.page, "GET", `/people/${person.id}`);
      const { body: me } = await api(one.page, "GET", "/me");
      assert.equal(
        status === 200,
        who.items.some((i) => i.user.id === me.user.id),
        name,
      );
      await one.context.close();
    }
    await context.close();
  });

  it("turns a lead into a person, a company and a deal", async () => {
    const { page, context } = await enter(browser, "seller");
    const made = await api(page, "POST", "/leads", {
      body: {
        fields: {
          first_name: "Wiesława",
          last_name: "Przykładowa",
          company_name: "Próba sp. z o.o.",
          status: "new",
        },
      },
    });
    assert.equal(made.status, 201);
    await visit(page, `/leads/${made.body.id}`);
    await page.getByRole("button", { name: "Przekształć" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Przekształć" }).click();
    await page.getByText("Lead przekształcony").first().waitFor();
    const { body } = await api(page, "GET", `/leads/${made.body.id}`);
    assert.equal(body.fields.status, "converted");
    assert.ok(body.fields.converted_person && body.fields.converted_company);
    await context.close();
  });

  it("goes into the bin and comes back, from its page and from the bin", async () => {
    const { page, context } = await enter(browser, "seller");
    const name = `Do kosza ${unique()}`;
    const made = await api(page, "POST", "/companies", {
      body: { fields: { name } },
    });
    const bin = async () => {
      await visit(page, `/companies/${made.body.id}`);
      await page.getByRole("button", { name: "Więcej czynności" }).click();
      await page.getByRole("menuitem", { name: "Przenieś do kosza" }).click();
      await page.getByText("Przeniesiono do kosza").first().waitFor();
    };
    const alive = () =>
      eventually(async () =>
        assert.equal((await api(page, "GET", `/companies/${made.body.id}`)).body.deleted_at, null),
      );
    await bin();
    await page.getByRole("button", { name: "Przywróć", exact: true }).first().click();
    await page.getByText("Przywrócono z kosza").first().waitFor();
    await alive();

    await bin();
    await visit(page, "/bin?e=companies");
    const row = page.locator("tbody tr[data-index]").filter({ hasText: name });
    await row.getByRole("button", { name: /^Przywróć/ }).click();
    await page.getByText(`Przywrócono: ${name}`).first().waitFor();
    await row.waitFor({ state: "detached" });
    await alive();
    await context.close();
  });
});

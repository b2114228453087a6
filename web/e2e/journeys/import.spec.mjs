// Import: a file becomes records, row by row, after a dry run, and can be taken back as one act.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { csvOf, rowsOf, windows1250, xlsxOf } from "../files.mjs";
import { api, enter, launch, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const SLOW = { timeout: 60_000 };
const unique = () => Date.now().toString(36) + Math.floor(Math.random() * 1e4).toString(36);
const wizard = (page) => page.getByRole("region", { name: "Nowy import" });
const countOf = async (page, plural, filter = "") =>
  (await api(page, "GET", `/${plural}?limit=1&count=true${filter}`)).body.count;

/** Those whose e-mail addresses are of this domain. */
const found = async (page, plural, domain) =>
  (await api(page, "GET", `/${plural}?limit=200&q=${domain}`)).body.items;

async function choose(page, name, bytes) {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    wizard(page)
      .getByRole("button", { name: /^Wybierz (inny )?plik/ })
      .click(),
  ]);
  await chooser.setFiles({ name, mimeType: "text/plain", buffer: Buffer.from(bytes) });
}

async function drop(page, name, bytes) {
  const data = await page.evaluateHandle(
    ([name, base64]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      transfer.items.add(new File([content], name));
      return transfer;
    },
    [name, Buffer.from(bytes).toString("base64")],
  );
  const place = wizard(page).getByText("Upuść plik tutaj lub wybierz go");
  await place.dispatchEvent("dragover", { dataTransfer: data });
  await place.dispatchEvent("drop", { dataTransfer: data });
}

/** As far as the columns of the file. */
async function columns(page, what, name, bytes, take = choose) {
  await visit(page, "/import");
  await wizard(page).getByText(what, { exact: true }).click();
  await take(page, name, bytes);
  await wizard(page).getByText(name).waitFor();
  await wizard(page).getByRole("button", { name: "Odczytaj kolumny" }).click();
  await wizard(page).getByRole("heading", { name: "Które kolumny do których pól" }).waitFor();
}

const target = (page, column) => wizard(page).getByLabel(`Pole dla kolumny ${column}`);

async function dryRun(page) {
  await wizard(page).getByRole("button", { name: "Dalej: duplikaty" }).click();
  await wizard(page).getByRole("button", { name: "Zrób próbę" }).click();
  await wizard(page).getByText("Do dodania", { exact: true }).waitFor(SLOW);
}

async function run(page, count) {
  await wizard(page)
    .getByRole("button", { name: new RegExp(`^Importuj ${count} wiersz`) })
    .click();
  await wizard(page).getByRole("heading", { name: "Import zakończony" }).waitFor(SLOW);
}

const counted = (page, label) =>
  wizard(page)
    .locator("dl > div")
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator("dd")
    .innerText();

describe("import", () => {
  it("tells errors by row and column, changes nothing in a dry run, is undone as one act (checks 15, 16)", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    const domain = `${unique()}.example`;
    await visit(page, "/import");
    const known = (await api(page, "GET", "/people?limit=1&filter=email:filled")).body.items[0];
    const before = await countOf(page, "people");
    const file = csvOf([
      ["Imię", "Nazwisko", "E-mail", "Telefon komórkowy", "Gdzie mieszka"],
      ["Łucja", "Żółkiewska", `lucja@${domain}`, "601 234 567", "Świętochłowice"],
      ["Józef", "Święcicki", `jozef@${domain}`, "", "Gdańsk"],
      ["Ewa", "Zła", "to nie adres", "", "Łódź"],
      ["Adam", "Błędny", `adam@${domain}`, "12", "Łódź"],
      ["Jan", "Powtórzony", known.fields.email, "", "Łódź"],
    ]);
    const asked = [];
    page.on("request", (request) => asked.push(decodeURIComponent(request.url().replaceAll("+", " "))));
    await columns(page, "Osoby", "kontakty.csv", file);
    await wizard(page).getByText("UTF-8").waitFor();
    for (const [column, field] of [
      ["Imię", "first_name"],
      ["Nazwisko", "last_name"],
      ["E-mail", "email"],
      ["Telefon komórkowy", "mobile"],
      ["Gdzie mieszka", ""],
    ])
      assert.equal(await target(page, column).inputValue(), field, column);
    await target(page, "Gdzie mieszka").selectOption({ label: "Miejscowość" });
    await wizard(page).getByText("wskazana").waitFor();
    await dryRun(page);
    // What stands over a column may be about a person; it has no place in an address.
    assert.ok(asked.some((url) => url.includes("map=#5=city")));
    assert.deepEqual(
      asked.filter((url) => url.includes("Gdzie mieszka")),
      [],
    );
    assert.equal(await counted(page, "Do dodania"), "2");
    assert.equal(await counted(page, "Odrzucone"), "2");
    assert.equal(await counted(page, "Pominięte duplikaty"), "1");
    assert.equal(await countOf(page, "people"), before, "a dry run wrote something");
    assert.equal((await found(page, "people", domain)).length, 0);

    await wizard(page)
      .getByRole("button", { name: /^Pokaż \d+ wiersz/ })
      .click();
    const list = wizard(page).getByRole("region", { name: "Niezaimportowane wiersze" });
    const row = (line) =>
      list.getByRole("row").filter({ has: page.getByRole("cell", { name: line, exact: true }) });
    await row("4").getByText("to nie adres").waitFor();
    await row("4").getByText("E-mail", { exact: true }).waitFor();
    // The reason, and how it would be right.
    assert.match(await row("4").innerText(), /@/);
    await row("5").getByText("Telefon komórkowy").waitFor();
    assert.match(await row("5").innerText(), /\d{3}/);
    const link = row("6").getByRole("link", { name: "Otwórz zapisany rekord" });
    assert.equal(await link.getAttribute("href"), `/people/${known.id}`);

    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      wizard(page).getByRole("button", { name: "Pobierz listę błędów (CSV)" }).click(),
    ]);
    assert.match(saved.suggestedFilename(), /\.csv$/);
    const rows = rowsOf(readFileSync(await saved.path(), "utf8").replace("\uFEFF", ""), ";");
    assert.deepEqual(rows[0], ["Wiersz", "Kolumna", "W pliku", "Powód", "Na przykład"]);
    assert.deepEqual(
      rows.slice(1).map((r) => [r[0], r[1]]),
      [
        ["4", "E-mail"],
        ["5", "Telefon komórkowy"],
        ["6", rows[3][1]],
      ],
    );

    await run(page, 2);
    assert.equal(await countOf(page, "people"), before + 2);
    const made = await found(page, "people", domain);
    assert.deepEqual(made.map((r) => r.fields.city).sort(), ["Gdańsk", "Świętochłowice"]);
    assert.equal(made.find((r) => r.fields.first_name === "Łucja").fields.mobile, "+48601234567");

    const earlier = page.getByRole("region", { name: "Twoje importy" }).getByRole("listitem");
    await earlier
      .first()
      .getByText(/5 wierszy · dodane: 2/)
      .waitFor();
    await wizard(page).getByRole("button", { name: "Cofnij", exact: true }).click();
    const sure = page.getByRole("dialog", { name: "Cofnąć cały import?" });
    await sure.getByRole("button", { name: "Cofnij import" }).click();
    await earlier.first().getByText("cofnięty").waitFor(SLOW);
    assert.equal(await countOf(page, "people"), before);
    for (const { id } of made) assert.equal((await api(page, "GET", `/people/${id}`)).status, 404);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("reads Windows-1250 that is dropped on the page, and refuses a wrong NIP", async () => {
    const { page, context } = await enter(browser, "seller");
    const name = `Żółć i Gęślą ${unique()}`;
    const file = windows1250(
      csvOf([
        ["Nazwa", "NIP", "Miejscowość"],
        [name, "", "Łódź"],
        [`${name} II`, "123-456-78-90", "Śrem"],
      ]),
    );
    await columns(page, "Firmy", "firmy.csv", file, drop);
    await wizard(page)
      .getByText(/windows-1250/i)
      .waitFor();
    assert.equal(await target(page, "Miejscowość").inputValue(), "city");
    await dryRun(page);
    const faulty = wizard(page)
      .getByRole("row")
      .filter({ has: page.getByRole("cell", { name: "NIP", exact: true }) });
    await faulty.waitFor();
    await run(page, 1);
    const made = await found(page, "companies", encodeURIComponent(name));
    assert.deepEqual(
      made.map((row) => [row.fields.name, row.fields.city]),
      [[name, "Łódź"]],
    );
    // From the list of earlier imports, too, it is taken back.
    const one = page.getByRole("region", { name: "Twoje importy" }).getByRole("listitem").first();
    await one.getByRole("button", { name: /^Cofnij import: Firmy/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cofnij import" }).click();
    await one.getByText("cofnięty").waitFor(SLOW);
    assert.equal((await api(page, "GET", `/companies/${made[0].id}`)).status, 404);
    await context.close();
  });

  it("takes the currency of a sum from a column of its own", async () => {
    const { page, context } = await enter(browser, "seller");
    const name = `Umowa ${unique()}`;
    const file = csvOf([
      ["Nazwa", "Wartość", "W czym płacą"],
      [name, "12 500,50", "EUR"],
    ]);
    await columns(page, "Szanse sprzedaży", "szanse.csv", file);
    assert.equal(await target(page, "W czym płacą").inputValue(), "");
    await target(page, "W czym płacą").selectOption({ label: "Wartość: waluta" });
    assert.equal(await target(page, "W czym płacą").inputValue(), "value.currency");
    await dryRun(page);
    await run(page, 1);
    const [made] = await found(page, "deals", encodeURIComponent(name));
    assert.deepEqual(made.fields.value, { amount: "12500.50", currency: "EUR" });
    await context.close();
  });

  it("reads a workbook", async () => {
    const { page, context } = await enter(browser, "seller");
    const domain = `${unique()}.example`;
    const file = xlsxOf("Leady", [
      ["Imię", "Nazwisko", "Nazwa firmy", "E-mail"],
      ["Zdzisława", "Ćwikła", "Próba sp. z o.o.", `z@${domain}`],
    ]);
    await columns(page, "Leady", "leady.xlsx", file);
    await wizard(page).getByText("Skoroszyt XLSX").waitFor();
    await dryRun(page);
    await run(page, 1);
    const [made] = await found(page, "leads", domain);
    assert.equal(made.fields.last_name, "Ćwikła");
    await context.close();
  });

  it("reads vCard", async () => {
    const { page, context } = await enter(browser, "seller");
    const domain = `${unique()}.example`;
    const file = [
      "BEGIN:VCARD",
      "VERSION:3.0",
      "N:Wąsik;Grażyna;;;",
      "FN:Grażyna Wąsik",
      `EMAIL;TYPE=WORK:g@${domain}`,
      "TEL;TYPE=CELL:+48 602 345 678",
      "END:VCARD",
      "",
    ].join("\r\n");
    await columns(page, "Osoby", "wizytówki.vcf", file);
    await wizard(page).getByText("Wizytówki vCard").waitFor();
    await dryRun(page);
    await run(page, 1);
    const [made] = await found(page, "people", domain);
    assert.equal(made.fields.last_name, "Wąsik");
    assert.equal(made.fields.mobile, "+48602345678");
    await context.close();
  });

  it("says what is wrong with a file that is none", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/import");
    await wizard(page).getByText("Osoby", { exact: true }).click();
    const next = wizard(page).getByRole("button", { name: "Odczytaj kolumny" });
    await choose(page, "umowa.pdf", "%PDF-1.7");
    await wizard(page).getByText("To nie jest plik CSV, XLSX ani vCard.").waitFor();
    assert.ok(await next.isDisabled());
    await choose(page, "pusty.csv", "");
    await wizard(page).getByText("Ten plik jest pusty.").waitFor();
    assert.ok(await next.isDisabled());
    // The name says CSV, the bytes do not.
    await choose(
      page,
      "obraz.csv",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5]),
    );
    await next.click();
    await wizard(page).getByRole("alert").getByText("To nie jest plik tekstowy").waitFor();
    await context.close();
  });

  it("goes on when the page is left; the tray tells how far, and what came of it (check 18)", async () => {
    const { page, context } = await enter(browser, "seller");
    const domain = `${unique()}.example`;
    const count = 800 + (Date.now() % 100);
    const rows = Array.from({ length: count }, (_, at) => ["Próba", `Masowa${at}`, `p${at}@${domain}`]);
    await columns(page, "Osoby", "wiele.csv", csvOf([["Imię", "Nazwisko", "E-mail"], ...rows]));
    await dryRun(page);
    await wizard(page)
      .getByRole("button", { name: new RegExp(`^Importuj ${count} `) })
      .click();
    await wizard(page)
      .getByRole("heading", { name: /^Import (trwa|zakończony)/ })
      .waitFor();
    await page.getByRole("link", { name: "Firmy", exact: true }).click();
    await page.waitForURL("**/companies");
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    const tray = page.getByRole("dialog", { name: "Zadania w tle" });
    // The newest comes first.
    const job = tray.locator("div:has(> div > h3)").first();
    await job.getByRole("heading", { name: "Import: Osoby" }).waitFor();
    await job.getByText(`dodano: ${count} rek`).waitFor({ timeout: 120_000 });
    assert.equal(await countOf(page, "people", `&q=${domain}`), count);
    await job.getByRole("button", { name: "Cofnij", exact: true }).click();
    await page
      .getByRole("dialog", { name: "Cofnąć cały import?" })
      .getByRole("button", { name: "Cofnij import" })
      .click();
    await job.getByRole("heading", { name: "Cofnięcie importu: Osoby" }).waitFor();
    await visit(page, "/jobs");
    await page.getByText(`usunięto: ${count} rek`).first().waitFor({ timeout: 120_000 });
    assert.equal(await countOf(page, "people", `&q=${domain}`), 0);
    await context.close();
  });

  it("finds again what was started, although the page was left before the answer", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    const menu = page.getByRole("navigation", { name: "Główne menu" });
    await columns(page, "Osoby", "kontakty.csv", csvOf([["Nazwisko"], ["Odchodząca"]]));
    await wizard(page).getByRole("button", { name: "Dalej: duplikaty" }).click();
    let free;
    const held = new Promise((done) => {
      free = done;
    });
    const arrived = new Promise((done) => {
      void page.route("**/api/v1/imports/people?**", async (route) => {
        const response = await route.fetch();
        done();
        await held;
        await route.fulfill({ response });
      });
    });
    await wizard(page).getByRole("button", { name: "Zrób próbę" }).click();
    await arrived;
    await menu.getByRole("link", { name: "Osoby" }).click();
    await page.getByRole("heading", { name: "Osoby", level: 1 }).waitFor();
    const answered = page.waitForResponse(/imports\/people\?/);
    free();
    await (await answered).finished();
    await page.waitForTimeout(200);
    await menu.getByRole("link", { name: "Import" }).click();
    await wizard(page).getByRole("heading", { name: "Wynik próby" }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is not offered without the right to it", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/");
    const nav = page.getByRole("navigation", { name: "Główne menu" });
    await nav.getByRole("link", { name: "Osoby" }).waitFor();
    assert.equal(await nav.getByRole("link", { name: "Import" }).count(), 0);
    await visit(page, "/import");
    await page.getByText("Brak uprawnień").waitFor();
    assert.equal(await wizard(page).count(), 0);
    await context.close();
  });
});

// Export: exactly what the list shows and what may leave, as a job, in a file that does not outlive the session.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { rowsOf, unzip } from "../files.mjs";
import { api, enter, launch, tick, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const SLOW = { timeout: 60_000 };
const FORMULA = '=HYPERLINK("https://zle.example";"kliknij")';

/** People of a place that nobody else lives in, one of them with a formula for a job title. */
async function village() {
  const { page, context } = await enter(browser, "seller");
  await visit(page, "/");
  const city = `Wólka ${Date.now().toString(36)}`;
  const ids = [];
  for (const [first_name, last_name, job_title] of [
    ["Łucja", "Ćma", "Prezeska; zarząd"],
    ["Stanisław", "Gżegżółka", FORMULA],
    ["Zofia", "Ość", "Księgowa"],
  ]) {
    const fields = { first_name, last_name, job_title, city };
    const made = await api(page, "POST", "/people", { body: { fields } });
    assert.equal(made.status, 201);
    ids.push(made.body.id);
  }
  await context.close();
  return { city, ids };
}

/** The list of people of this place, as management sees it. */
async function listOf(page, city) {
  await visit(page, "/people");
  await page.getByRole("button", { name: "Dodaj warunek" }).click();
  await page.getByRole("combobox", { name: "Pole" }).fill("Miejscowość");
  await page.getByRole("option", { name: "Miejscowość", exact: true }).click();
  await page.getByLabel("Wartość").first().fill(city);
  await page.getByRole("button", { name: "Zastosuj" }).click();
  await page.getByRole("button", { name: /Usuń warunek Miejscowość/ }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("tbody tr[data-index]").length === 3);
}

async function taken(page, format) {
  await page.getByRole("button", { name: "Eksportuj" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Eksport" });
  await tick(dialog.getByRole("radio", { name: format }));
  const [file] = await Promise.all([
    page.waitForEvent("download", SLOW),
    dialog.getByRole("button", { name: "Eksportuj" }).click(),
  ]);
  await page
    .getByText(/Wyeksportowano 3 rekordy/)
    .first()
    .waitFor();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

describe("export", () => {
  it("holds the rows of the list and no hidden field; formulas are text (CSV)", async () => {
    const { city, ids } = await village();
    const { page, context, faults } = await enter(browser, "management");
    await listOf(page, city);
    const { name, bytes } = await taken(page, /^CSV/);
    assert.match(name, /\.csv$/);
    assert.ok(!name.includes(city));
    const text = bytes.toString("utf8");
    assert.ok(text.startsWith("\uFEFF"), "spreadsheets need the mark");
    const [head, ...rows] = rowsOf(text.slice(1), text.split("\n")[0].includes(";") ? ";" : ",");
    assert.ok(!head.some((label) => /pesel/i.test(label)), head.join());
    assert.deepEqual(rows.map((row) => row[0]).sort(), [...ids].sort());
    const title = head.indexOf("Stanowisko");
    const titles = rows.map((row) => row[title]);
    assert.ok(titles.includes("Prezeska; zarząd"));
    assert.ok(titles.includes(`'${FORMULA}`), titles.join(" | "));
    assert.ok(rows.every((row) => row[head.indexOf("Miejscowość")] === city));
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is a workbook whose texts are no formulas (XLSX)", async () => {
    const { city, ids } = await village();
    const { page, context } = await enter(browser, "management");
    await listOf(page, city);
    const { name, bytes } = await taken(page, /^XLSX/);
    assert.match(name, /\.xlsx$/);
    const members = unzip(bytes);
    const sheets = [...members]
      .filter(([path]) => path.startsWith("xl/worksheets/sheet"))
      .map(([, xml]) => xml);
    assert.ok(sheets.length > 0);
    for (const xml of sheets) assert.ok(!/<f[ >]/.test(xml), "a formula");
    const all = [...members.values()].join("\n");
    for (const id of ids) assert.ok(all.includes(id), id);
    assert.ok(!/pesel/i.test(all));
    const rows = sheets[0].match(/<row /g).length;
    assert.equal(rows, 4, "a heading and three rows");
    await context.close();
  });

  it("is cards for an address book (vCard)", async () => {
    const { city } = await village();
    const { page, context } = await enter(browser, "management");
    await listOf(page, city);
    const { name, bytes } = await taken(page, /^vCard/);
    assert.match(name, /\.vcf$/);
    const text = bytes.toString("utf8").replaceAll("\r\n ", "");
    assert.equal(text.match(/^BEGIN:VCARD/gm).length, 3);
    assert.ok(text.includes("N:Gżegżółka;Stanisław;;;"));
    assert.ok(text.includes("Prezeska\\; zarząd"));
    await context.close();
  });

  it("lies among the jobs, for its maker alone, and is gone after signing out", async () => {
    const { city } = await village();
    const { page, context } = await enter(browser, "management");
    await listOf(page, city);
    await taken(page, /^CSV/);
    const { body } = await api(page, "GET", "/jobs");
    const job = body.items[0];
    assert.equal(job.kind, "export");
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    const first = page.getByRole("dialog", { name: "Zadania w tle" }).locator("div:has(> div > h3)").first();
    await first.getByText("w pliku: 3 rekordy").waitFor();
    const [again] = await Promise.all([
      page.waitForEvent("download"),
      first.getByRole("button", { name: /^Pobierz plik/ }).click(),
    ]);
    assert.match(again.suggestedFilename(), /\.csv$/);
    await page.keyboard.press("Escape");
    const other = await enter(browser, "krzysztof.wisniewski");
    assert.equal((await api(other.page, "GET", `/jobs/${job.id}`)).status, 404);
    assert.equal((await api(other.page, "GET", `/jobs/${job.id}/file`)).status, 404);
    await other.context.close();

    await page.getByRole("button", { name: /^Menu użytkownika/ }).click();
    await page.getByRole("menuitem", { name: "Wyloguj się" }).click();
    await page.waitForURL(/sign-in/);
    await context.close();
    const later = await enter(browser, "management");
    assert.equal((await api(later.page, "GET", `/jobs/${job.id}/file`)).status, 404);
    await visit(later.page, "/jobs");
    await later.page.getByText("Eksport: Osoby").first().waitFor();
    const { body: now } = await api(later.page, "GET", `/jobs/${job.id}`);
    assert.equal(now?.file ?? null, null);
    await later.context.close();
  });

  it("is not offered to who may not", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    await page.locator("tbody tr[data-index]").first().waitFor();
    await tick(page.locator("tbody input[type='checkbox']").first());
    await page.getByRole("region", { name: "Działania na zaznaczonych" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Eksportuj" }).count(), 0);
    const refused = await api(page, "POST", "/people/export", { body: { format: "csv" } });
    assert.equal(refused.status, 403);
    assert.match(refused.text, /eksport/i);
    await context.close();
  });
});

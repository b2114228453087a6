// Background jobs: followed wherever one goes, stopped, undone, accounted for, one's own (check 18).
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, settle, visit } from "../lib.mjs";
import { makeMany, unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const SLOW = { timeout: 90_000 };
const tray = (page) => page.getByRole("dialog", { name: "Zadania w tle" });
/** The newest job in the tray, or on the page of all jobs. */
const newest = (place) => place.locator("div:has(> div > h3)").first();

/** Many leads of the seller's own. */
const manyLeads = (page, count, mark) =>
  makeMany(page, "leads", count, ["Imię", "Nazwisko", "E-mail"], (at) => [
    `Praca${at}`,
    mark,
    `p${at}@${mark}.example`,
  ]);

const leads = async (page, mark, filter = "") =>
  (await api(page, "GET", `/leads?limit=1&count=true&q=${mark}${filter}`)).body.count;

/** All leads of this mark, chosen in the list, and a field of them about to be changed. */
async function startChange(page, mark, count, city) {
  // Another test may have made a view of its own the default.
  await visit(page, "/leads?view=all");
  await page.getByPlaceholder("Szukaj na liście").fill(mark);
  await page.locator("h1").getByText(String(count), { exact: true }).waitFor();
  // More rows may be loaded meanwhile.
  await page.getByRole("checkbox", { name: "Zaznacz wszystkie wczytane wiersze" }).press("Space");
  await page.getByRole("button", { name: /^Zaznacz wszystkie pasujące/ }).click();
  await page.getByText(`Zaznaczono ${count} rek`).waitFor();
  await page.getByRole("button", { name: "Zmień pole" }).click();
  const dialog = page.getByRole("dialog", { name: "Zmień pole" });
  await dialog.getByRole("combobox", { name: "Pole" }).fill("Miejscowość");
  await page.getByRole("option", { name: "Miejscowość", exact: true }).click();
  await dialog.getByLabel("Miejscowość").fill(city);
  await dialog.getByRole("button", { name: /^Zmień \d+ rek/ }).click();
  // Of so many it is shown first what would be done.
  const before = page.getByRole("dialog", { name: "Co się stanie" });
  await before.getByText(String(count)).first().waitFor();
  await before.getByRole("button", { name: /^Zmień \d+ rek/ }).click();
  await before.waitFor({ state: "hidden" });
  await dialog.waitFor({ state: "hidden" });
}

describe("jobs", () => {
  it("go on over a change of page and a reload, and are undone from their page (check 18)", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    const mark = `zadanie${unique()}`;
    const count = 400 + (Date.now() % 50);
    await visit(page, "/");
    await manyLeads(page, count, mark);
    await startChange(page, mark, count, "Zadaniowo");
    await page.getByRole("link", { name: "Firmy", exact: true }).click();
    await page.waitForURL("**/companies");
    await page.reload();
    await settle(page);
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    await newest(tray(page)).getByRole("heading", { name: "Zmiana wielu rekordów: Leady" }).waitFor();
    await newest(tray(page)).getByText(`zmieniono: ${count} rek`).waitFor(SLOW);
    assert.equal(await leads(page, mark, "&filter=city:eq:Zadaniowo"), count);
    await tray(page).getByRole("link", { name: "Wszystkie zadania" }).click();
    await page.waitForURL("**/jobs");
    const over = page.getByRole("region", { name: "Zakończone" });
    await newest(over).getByRole("button", { name: "Cofnij", exact: true }).click();
    await page.getByText(`przywrócono: ${count} rek`).first().waitFor(SLOW);
    assert.equal(await leads(page, mark, "&filter=city:eq:Zadaniowo"), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("keep what was done when they are stopped", async () => {
    const { page, context } = await enter(browser, "seller");
    const mark = `przerwa${unique()}`;
    await visit(page, "/");
    await manyLeads(page, 950, mark);
    await startChange(page, mark, 950, "Przerwano");
    await page.getByRole("button", { name: /^Zadania w tle/ }).click();
    await newest(tray(page)).getByRole("button", { name: "Przerwij" }).click();
    await newest(tray(page)).getByText("Przerwane").waitFor(SLOW);
    const { body } = await api(page, "GET", "/jobs");
    const job = body.items[0];
    assert.equal(job.state, "cancelled");
    const done = await leads(page, mark, "&filter=city:eq:Przerwano");
    assert.equal(done, job.result?.changed ?? 0);
    assert.ok(done < 950, "nothing was left to stop");
    await page.keyboard.press("Escape");
    await context.close();
  });

  it("list what was refused, with the reason", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    const made = await api(page, "POST", "/leads", { body: { fields: { last_name: "Zmienny" } } });
    const other = await enter(browser, "otherSeller");
    const foreign = await api(other.page, "POST", "/leads", {
      body: { fields: { last_name: "Tajemniczy" } },
    });
    await other.context.close();
    const started = await api(page, "POST", "/leads/bulk", {
      body: { select: { ids: [made.body.id, foreign.body.id] }, change: { fields: { city: "Częściowo" } } },
    });
    assert.equal(started.status, 202, started.text);
    await visit(page, "/jobs");
    const job = newest(page.getByRole("region", { name: "Zakończone" }));
    await job.getByText("zmieniono: 1 rekord · pominięto: 1 rekord").waitFor(SLOW);
    await job.getByRole("button", { name: "Pokaż szczegóły" }).click();
    const row = job.getByRole("row").filter({ hasText: "Otwórz rekord" });
    assert.ok((await row.getByRole("cell").last().innerText()).length > 10, "no reason");
    assert.ok(!(await page.locator("main").innerText()).includes("Tajemniczy"));
    assert.equal((await api(page, "GET", `/leads/${made.body.id}`)).body.fields.city, "Częściowo");
    await context.close();
  });

  it("are seen by who started them alone", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/");
    const made = await api(page, "POST", "/leads", { body: { fields: { last_name: "Własny" } } });
    const { body: job } = await api(page, "POST", "/leads/bulk", {
      body: { select: { ids: [made.body.id] }, change: { fields: { city: "Swoje" } } },
    });
    // Of the same team, with the same rights.
    const other = await enter(browser, "piotr.zielinski");
    await visit(other.page, "/jobs");
    const { body } = await api(other.page, "GET", "/jobs");
    assert.ok(body.items.every((one) => one.id !== job.id));
    for (const [method, path] of [
      ["GET", ""],
      ["POST", "/cancel"],
      ["POST", "/undo"],
    ])
      assert.equal((await api(other.page, method, `/jobs/${job.id}${path}`)).status, 404, path);
    await other.context.close();
    await context.close();
  });
});

// The keys of the guide: from page to page, on the row that J and K went to, and on a record.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, tick, visit } from "../lib.mjs";
import { say, unique } from "../made.mjs";
import { dismiss } from "../overlays.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const dialog = (page) => page.getByRole("dialog");
const focused = (part) =>
  eventually(async () => assert.ok(await part.evaluate((at) => at === document.activeElement)));

/** Deals of the seller's own, found by a word that only they have; J has gone to the first one. */
async function deals(page, count) {
  const mark = `Klawisze${unique()}`;
  const made = [];
  for (let at = 0; at < count; at++) {
    const fields = { name: `${mark} ${at}`, stage: "lead_in", expected_close: `2031-01-0${at + 1}` };
    made.push((await api(page, "POST", "/deals", { body: { fields } })).body);
  }
  await visit(page, "/deals?v=table&view=all&s=name");
  await page.getByPlaceholder(say("list:searchShort")).fill(mark);
  const links = page.locator("tbody tr[data-index] a[data-focus]");
  await eventually(async () =>
    assert.deepEqual(
      await links.allInnerTexts(),
      made.map((deal) => deal.fields.name),
    ),
  );
  await page.locator("h1").focus();
  await page.keyboard.press("j");
  await focused(links.first());
  return made;
}

describe("keys", () => {
  it("lead from page to page: G and a letter", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/notes");
    for (const [letter, path, name] of [
      ["c", "/people", "Osoby"],
      ["f", "/companies", "Firmy"],
      ["l", "/leads", "Leady"],
      ["p", "/deals", "Szanse sprzedaży"],
      ["a", "/activities", "Aktywności"],
      ["h", "/", "Strona główna"],
    ]) {
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      await page.waitForURL((url) => url.pathname === path);
      await page.getByRole("heading", { name, level: 1 }).waitFor();
    }
    await context.close();
  });

  it("change the row at hand: A its owner, T adds an activity to it, M its stage, E opens it for editing", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    const [deal] = await deals(page, 2);
    const link = page.locator("tbody tr[data-index] a[data-focus]").first();

    await page.keyboard.press("a");
    await dialog(page).getByText("Zmień właściciela").first().waitFor();
    await dismiss(page, dialog(page));
    await focused(link);

    await page.keyboard.press("t");
    const title = `Z wiersza ${unique()}`;
    await dialog(page).getByLabel("Temat").fill(title);
    await page.keyboard.press("Control+Enter");
    await dialog(page).waitFor({ state: "hidden" });
    const { body: activities } = await api(page, "GET", `/activities?q=${encodeURIComponent(title)}`);
    assert.deepEqual(
      activities.items.map((activity) => activity.parent),
      [deal.id],
    );

    await focused(link);
    await page.keyboard.press("m");
    await focused(dialog(page).getByRole("radio", { checked: true }));
    await tick(dialog(page).getByRole("radio", { name: "Złożona oferta" }));
    await page.keyboard.press("Enter");
    await eventually(async () =>
      assert.equal((await api(page, "GET", `/deals/${deal.id}`)).body.fields.stage, "offer"),
    );

    await dialog(page).waitFor({ state: "hidden" });
    await focused(link);
    await page.keyboard.press("e");
    await page.waitForURL(
      (url) => url.pathname === `/deals/${deal.id}` && url.search.includes("tab=details"),
    );
    await page.locator("[data-field] input:focus").waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("change a record: A its owner, T adds an activity, M its stage", async () => {
    const { page, context } = await enter(browser, "seller");
    const fields = { name: `Na klawisze ${unique()}`, stage: "lead_in" };
    const { body: deal } = await api(page, "POST", "/deals", { body: { fields } });
    await visit(page, `/deals/${deal.id}`);
    await page.keyboard.press("a");
    await page.getByRole("dialog", { name: "Zmień właściciela" }).waitFor();
    await dismiss(page, dialog(page));
    await page.keyboard.press("t");
    await page.getByRole("dialog", { name: "Dodaj: aktywność" }).waitFor();
    await dismiss(page, dialog(page));
    await page.keyboard.press("m");
    await page.getByRole("menuitem", { name: "Negocjacje" }).press("Enter");
    await eventually(async () =>
      assert.equal((await api(page, "GET", `/deals/${deal.id}`)).body.fields.stage, "negotiation"),
    );
    await context.close();
  });
});

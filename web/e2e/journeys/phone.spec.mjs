// On a phone of 390 px (check 29): nothing scrolls sideways, conditions fold away, lists are cards, the bar for what
// is chosen fits and works, a deal goes to another stage without being carried.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, tooWide, visit } from "../lib.mjs";
import { makeMany, say, unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A folder for pictures, for whoever wants to look at them. */
const SHOTS = process.env.KLUCZNIK_SHOTS;

const open = (who) => enter(browser, who, { mode: "phone" });
const cards = (page, list) => page.getByRole("list", { name: list, exact: true }).getByRole("listitem");
const bar = (page) => page.getByRole("region", { name: say("list:bulk.title") });

async function fits(page, what) {
  const wide = await tooWide(page);
  assert.ok(wide <= 0, `${what}: ${wide} px too wide`);
}

/** All of it can be seen and reached by a finger. */
async function within(page, part, what) {
  const { width, height } = page.viewportSize();
  await eventually(async () => {
    const box = await part.boundingBox();
    assert.ok(box, `${what} is not there`);
    const [right, bottom] = [box.x + box.width, box.y + box.height];
    assert.ok(
      box.x >= 0 && right <= width && box.y >= 0 && bottom <= height,
      `${what} reaches from ${box.x}, ${box.y} to ${right}, ${bottom}`,
    );
  });
}

/** A list of people of the seller's own, found by a word that only they have. */
async function people(page, count) {
  const mark = `Telefon${unique()}`;
  await visit(page, "/people?view=all");
  await makeMany(page, "people", count, ["Imię", "Nazwisko"], (at) => [`Ktoś${at}`, mark]);
  await page.getByPlaceholder(say("list:searchShort")).fill(mark);
  await eventually(async () => {
    const names = await cards(page, "Osoby").allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name.includes(mark)));
  });
  return mark;
}

describe("a phone (check 29)", () => {
  it("is gone about on by the menu, and no list scrolls sideways", async () => {
    const { page, context, faults } = await open("seller");
    await visit(page, "/");
    const search = page
      .getByRole("button", { name: say("common:searchAnything") })
      .getByText(/./)
      .first();
    const cut = await search.evaluate((text) => text.scrollWidth - text.clientWidth);
    assert.ok(cut <= 0, `the search's words are ${cut} px too long`);
    for (const [name, path] of [
      ["Firmy", "/companies"],
      ["Osoby", "/people"],
      ["Leady", "/leads"],
      ["Szanse sprzedaży", "/deals"],
      ["Aktywności", "/activities"],
      ["Notatki", "/notes"],
    ]) {
      await page.getByRole("button", { name: say("common:nav.open") }).tap();
      const menu = page.getByRole("dialog");
      await menu.getByRole("link", { name, exact: true }).tap();
      await page.waitForURL((url) => url.pathname === path);
      await menu.waitFor({ state: "hidden" });
      await page.getByRole("heading", { name, level: 1 }).waitFor();
      await fits(page, name);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("has conditions folded away, and says how many hold", async () => {
    const { page, context } = await open("seller");
    await visit(page, "/leads?view=all");
    await cards(page, "Leady").first().waitFor();
    const folded = page.getByRole("button", { name: say("list:filter.title"), exact: true });
    const mine = page.getByRole("button", { name: say("list:filter.mine"), exact: true });
    assert.equal(await folded.getAttribute("aria-expanded"), "false");
    assert.equal(await mine.count(), 0);
    await folded.tap();
    await mine.tap();
    await page.getByRole("button", { name: say("list:filter.mine"), pressed: true }).waitFor();
    await page.getByRole("button", { name: say("list:filter.add") }).tap();
    const editor = page.getByRole("dialog").or(page.locator("[data-portal] form")).first();
    await page.getByRole("combobox", { name: say("list:filter.field") }).fill("Status");
    await page.getByRole("option", { name: "Status", exact: true }).tap();
    await within(page, editor, "the editor of a condition");
    await fits(page, "with the editor open");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: say("list:filter.fold") }).tap();
    await page.getByRole("button", { name: "Warunki: 1" }).waitFor();
    assert.equal(await mine.count(), 0);
    await page.waitForURL(/f=owner/);
    await context.close();
  });

  it("shows lists as cards that open, few of them in the page", async () => {
    const { page, context } = await open("seller");
    await visit(page, "/people?view=all");
    const card = cards(page, "Osoby").first();
    await card.waitFor();
    assert.equal(await page.locator("main table").count(), 0);
    assert.ok((await cards(page, "Osoby").count()) < 60);
    const { x, width } = await card.boundingBox();
    assert.ok(x >= 0 && x + width <= 390);
    // More than the name alone.
    assert.ok((await card.innerText()).split("\n").filter((line) => line.trim()).length >= 2);
    const link = card.getByRole("link");
    const [name, href] = [await link.innerText(), await link.getAttribute("href")];
    await link.tap();
    await page.waitForURL((url) => url.pathname === href);
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await fits(page, "a record");
    await context.close();
  });

  it("changes what is chosen by a bar that stays in view", async () => {
    const { page, context } = await open("seller");
    const mark = await people(page, 30);
    const ticks = cards(page, "Osoby").getByRole("checkbox");
    for (const at of [0, 1, 2]) await ticks.nth(at).tap();
    await bar(page).getByText("Zaznaczono 3 rekordy").waitFor();
    for (const to of [0, 100_000, 0]) {
      await page.locator("#main").evaluate((main, top) => main.scrollTo(0, top), to);
      await within(page, bar(page), "the bar");
      for (const one of await bar(page).getByRole("button").all())
        await within(page, one, `the button ${await one.innerText()}`);
    }
    await fits(page, "with a bar");
    await bar(page)
      .getByRole("button", { name: say("list:bulk.field") })
      .tap();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Pole" }).fill("Miejscowość");
    await page.getByRole("option", { name: "Miejscowość", exact: true }).tap();
    await dialog.getByLabel("Miejscowość").fill("Kieszonkowo");
    await within(page, dialog, "the dialog");
    await dialog.getByRole("button", { name: /^Zmień 3 rekordy/ }).tap();
    await page.getByRole("alert").getByText("Zmieniono 3 rekordy").waitFor({ timeout: 60_000 });
    await bar(page).waitFor({ state: "hidden" });
    const { body } = await api(
      page,
      "GET",
      `/people?limit=1&count=true&q=${mark}&filter=city:eq:Kieszonkowo`,
    );
    assert.equal(body.count, 3);
    await context.close();
  });

  it("moves a deal by the menu of its card", async () => {
    const { page, context } = await open("seller");
    const name = `Kieszonkowa ${unique()}`;
    const fields = { name, stage: "lead_in", expected_close: "2021-01-02" };
    const made = await api(page, "POST", "/deals", { body: { fields } });
    assert.equal(made.status, 201, made.text);
    await visit(page, "/deals?v=board");
    const card = page.locator("[data-card]").filter({ hasText: name });
    const dots = card.getByRole("button", { name: /do innego etapu/ });
    const { width, height } = await dots.boundingBox();
    assert.ok(width >= 44 && height >= 44, "room for a finger");
    await dots.tap();
    await within(page, page.getByRole("menu", { name: say("deals:move.to") }), "the menu");
    await fits(page, "with a menu");
    await page.getByRole("menuitem", { name: "Złożona oferta" }).tap();
    await page.locator("[data-column='offer']").getByText(name).waitFor();
    await eventually(async () =>
      assert.equal((await api(page, "GET", `/deals/${made.body.id}`)).body.fields.stage, "offer"),
    );
    await context.close();
  });

  it("keeps messages off what fills the screen, in both themes", async () => {
    const { page, context } = await open("seller");
    const message = page.locator(".mantine-Notification-root").last();
    /** What is filled in ends where messages begin. */
    const apart = (filling, what) =>
      eventually(async () => {
        const [at, box] = [await message.boundingBox(), await filling.boundingBox()];
        assert.ok(at && box && at.y >= box.y + box.height, `${what}: ${JSON.stringify([box, at])}`);
        assert.ok(at.y + at.height <= page.viewportSize().height, `${what}: below the screen`);
      }, 3_000);
    await visit(page, "/people");
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.keyboard.press("Control+z");
      await message.waitFor();
      await apart(page.locator("main"), "a page");
      await page.keyboard.press("n");
      const adding = page.getByRole("dialog");
      await adding.waitFor();
      await page.keyboard.press("Escape");
      await adding.waitFor({ state: "hidden" });
      await page.getByRole("button", { name: say("common:add"), exact: true }).tap();
      await page.getByRole("menuitem", { name: "Osoba" }).tap();
      await adding.getByRole("textbox", { name: "Nazwisko" }).fill(`Pierwszy${unique()}`);
      await adding.getByRole("button", { name: say("add:saveAnother") }).tap();
      await message.filter({ hasText: "Pierwszy" }).waitFor();
      await apart(adding, "a drawer");
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/message-drawer-${colorScheme}.png` });
      await page.keyboard.press("Escape");
      await adding.waitFor({ state: "hidden" });
    }
    await context.close();
    const admin = await open("admin");
    const { page: office } = admin;
    await visit(office, "/admin/service-accounts");
    for (const colorScheme of ["light", "dark"]) {
      await office.emulateMedia({ colorScheme });
      await office.keyboard.press("Control+z");
      const said = office.locator(".mantine-Notification-root").last();
      await said.waitFor();
      await office
        .getByRole("button", { name: say("service:add") })
        .first()
        .tap();
      const dialog = office.getByRole("dialog");
      await dialog.getByRole("button", { name: say("common:cancel") }).waitFor();
      if (SHOTS) await office.screenshot({ path: `${SHOTS}/message-dialog-${colorScheme}.png` });
      const [at, box] = [await said.boundingBox(), await dialog.boundingBox()];
      assert.ok(at && box && at.y >= box.y + box.height, JSON.stringify([box, at]));
      await dialog.getByRole("button", { name: say("common:cancel") }).tap();
      await dialog.waitFor({ state: "hidden" });
    }
    await admin.context.close();
  });
});

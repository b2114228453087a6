// The calendar: days by keyboard, adding on a day, moving by two ways to one result, what is late, done and undone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

// The clock of the browser windows.
process.env.TZ = "Europe/Warsaw";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const two = (n) => String(n).padStart(2, "0");
const dayOf = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const polish = (day) => day.split("-").reverse().join(".");

/** A month of its own, far ahead, so that its days are free: nothing hides behind "more". */
const FAR = { year: 2031, month: 1 + (Math.floor(Date.now() / 60_000) % 12) };
let used = 0;
const freeDays = () => {
  used += 1;
  return [two(3 + used), two(12 + used), two(20 + used)].map((d) => `${FAR.year}-${two(FAR.month)}-${d}`);
};

async function anActivity(page, fields, mark = "") {
  const title = `Spotkanie ${unique()} ${mark}`.trim();
  const { body: me } = await api(page, "GET", "/me");
  const made = await api(page, "POST", "/activities", {
    body: { fields: { kind: "meeting", title, assignee: me.user.id, ...fields } },
  });
  assert.equal(made.status, 201, made.text);
  return { id: made.body.id, title };
}

const at = (day, hour, minute = 0) => new Date(`${day}T${two(hour)}:${two(minute)}:00`).toISOString();
const fieldsOf = async (page, id) => (await api(page, "GET", `/activities/${id}`)).body.fields;

const reaches = (page, id, want) =>
  eventually(async () => {
    const { due } = await fieldsOf(page, id);
    assert.equal(Date.parse(due), Date.parse(want), `due at ${due}, not ${want}`);
  });

const becomes = (page, id, done) =>
  eventually(async () => assert.equal((await fieldsOf(page, id)).done, done));

const cell = (page, day) => page.locator(`td[data-day='${day}']`);
const month = (page, day) => visit(page, `/activities?v=calendar&span=month&on=${day}`);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-day"));

async function goesTo(page, day) {
  await page
    .waitForFunction((d) => document.activeElement?.getAttribute("data-day") === d, day)
    .catch(async () => assert.fail(`the focus is on ${await focused(page)}, not on ${day}`));
}

describe("calendar", () => {
  it("is gone through by the arrow keys, also into other months; Enter adds on that day", async () => {
    const { page, context, faults } = await enter(browser, "seller");
    await month(page, "2031-03-30");
    await cell(page, "2031-03-30").focus();
    for (const [key, day] of [
      ["ArrowRight", "2031-03-31"],
      ["ArrowRight", "2031-04-01"],
      ["ArrowDown", "2031-04-08"],
      ["ArrowLeft", "2031-04-07"],
      ["ArrowUp", "2031-03-31"],
      ["PageDown", "2031-04-30"],
      ["PageUp", "2031-03-30"],
    ]) {
      await page.keyboard.press(key);
      await goesTo(page, day);
    }
    assert.equal(await page.locator("td[data-day][tabindex='0']").count(), 1, "one stop for Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("30.03.2031 09:00").waitFor();
    const title = `Z klawiatury ${Date.now()}`;
    await dialog.getByLabel("Temat").fill(title);
    await page.keyboard.press("Control+Enter");
    await cell(page, "2031-03-30").getByText(title).waitFor();
    const { body } = await api(page, "GET", "/activities?limit=1&sort=-created_at");
    assert.equal(body.items[0].fields.title, title);
    assert.equal(Date.parse(body.items[0].fields.due), Date.parse(at("2031-03-30", 9)));
    // Out of the way of the next run.
    await api(page, "DELETE", `/activities/${body.items[0].id}`, { version: body.items[0].version });
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("moves by carrying and by the dialog to the same result, and back by undo", async () => {
    const { page, context } = await enter(browser, "seller");
    const [from, to, third] = freeDays();
    const fields = { due: at(from, 10, 30), until: at(from, 12) };
    const carried = await anActivity(page, fields);
    const moved = await anActivity(page, fields);
    await month(page, from);
    const chip = cell(page, from).locator(`[data-event='${carried.id}']`);
    await cell(page, from).locator(`[data-event='${moved.id}']`).waitFor();
    const [a, b] = [await chip.boundingBox(), await cell(page, to).boundingBox()];
    await page.mouse.move(a.x + 30, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(a.x + 40, a.y + a.height / 2 + 12, { steps: 4 });
    await page.locator("[data-event][data-carried]").waitFor();
    await page.mouse.move(b.x + b.width / 2, b.y + b.height / 2, { steps: 12 });
    await page.locator(`td[data-day='${to}'][data-over]`).waitFor();
    await page.mouse.up();
    await cell(page, to).getByText(carried.title).waitFor();

    await cell(page, from)
      .getByRole("button", { name: `Przenieś „${moved.title}” na inny dzień` })
      .click();
    const dialog = page.getByRole("dialog");
    const day = dialog.getByLabel("Nowy dzień");
    assert.equal(await day.inputValue(), polish(from));
    await day.fill(polish(to));
    await dialog.getByRole("button", { name: "Przenieś", exact: true }).press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await cell(page, to).getByText(moved.title).waitFor();
    // Only what the server has taken can be undone.
    await page.getByText(`Przeniesiono „${moved.title}”`).first().waitFor();
    for (const { id } of [carried, moved]) {
      await reaches(page, id, at(to, 10, 30));
      const { body } = await api(page, "GET", `/activities/${id}`);
      assert.equal(Date.parse(body.fields.until), Date.parse(at(to, 12)), "the end moves along");
    }
    await page.locator("h1").focus();
    await page.keyboard.press("Control+z");
    await cell(page, from).getByText(moved.title).waitFor();
    await reaches(page, moved.id, at(from, 10, 30));
    // By the key M on an activity that has the focus.
    await cell(page, to).locator(`[data-event='${carried.id}'] a`).focus();
    await page.keyboard.press("m");
    await day.fill(polish(third));
    await dialog.getByRole("button", { name: "Przenieś", exact: true }).click();
    await cell(page, third).getByText(carried.title).waitFor();
    await reaches(page, carried.id, at(third, 10, 30));
    await context.close();
  });

  it("says in words what is late; done with one click, and undone", async () => {
    const { page, context } = await enter(browser, "seller");
    const yesterday = new Date(Date.now() - 26 * 3_600_000);
    const late = await anActivity(page, { due: yesterday.toISOString() });
    await visit(page, `/activities?v=calendar&span=day&on=${dayOf(yesterday)}`);
    const chip = page.locator(`[data-event='${late.id}']`);
    await chip.getByText("zaległe").waitFor();
    await chip.getByRole("button", { name: `Oznacz jako wykonane: ${late.title}` }).click();
    await chip.getByText("zaległe").waitFor({ state: "detached" });
    await page.getByText(`Wykonano: „${late.title}”`).waitFor();
    await becomes(page, late.id, true);
    await page.getByRole("button", { name: "Cofnij", exact: true }).first().click();
    await chip.getByText("zaległe").waitFor();
    await becomes(page, late.id, false);
    await context.close();
  });

  it("has beside it a list: to do, for today, late, done", async () => {
    const { page, context } = await enter(browser, "seller");
    // Late in the evening there is no later today.
    const now = new Date();
    const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const mark = `listowe${unique()}`;
    const today = await anActivity(page, { due: at(dayOf(now), 23, 59) }, mark);
    const late = await anActivity(page, { due: ago(50) }, mark);
    const done = await anActivity(page, { done: true, due: ago(1) }, mark);
    await visit(page, "/activities?v=list&view=all");
    const quick = page.getByRole("radiogroup", { name: "Które" });
    const rows = page.locator("tbody tr[data-index]");
    await page.getByPlaceholder("Szukaj na liście").fill(mark);
    for (const [name, there] of [
      ["Na dziś", [today]],
      ["Zaległe", [late]],
      ["Wykonane", [done]],
      ["Do zrobienia", [today, late]],
      ["Wszystkie", [today, late, done]],
    ]) {
      await quick.getByText(name, { exact: true }).click();
      await eventually(async () => {
        const links = await rows.locator("a[data-focus]").allInnerTexts();
        assert.deepEqual(links.sort(), there.map((one) => one.title).sort(), name);
      });
    }
    await context.close();
  });

  it("is for reading where nothing may be changed", async () => {
    const { page, context } = await enter(browser, "dpo");
    await visit(page, "/activities?v=calendar&who=all");
    await page.locator("[data-event]").first().waitFor();
    assert.equal(await page.getByRole("button", { name: /^Przenieś „/ }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "Dodaj aktywność" }).count(), 0);
    await context.close();
  });
});

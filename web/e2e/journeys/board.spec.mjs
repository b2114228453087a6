// The board: four ways to move a card, one result; a failure brings it back; deals in need are flagged in words.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, settle, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** A deal that closes first, so that its card is the first of its column. */
async function aDeal(page) {
  const name = `Karta ${unique()}`;
  const { body, status, text } = await api(page, "POST", "/deals", {
    body: {
      fields: {
        name,
        stage: "lead_in",
        value: { amount: "1000", currency: "PLN" },
        expected_close: "2021-01-01",
      },
    },
  });
  assert.equal(status, 201, text);
  return { id: body.id, name };
}

const reaches = (page, id, stage) =>
  eventually(async () => assert.equal((await api(page, "GET", `/deals/${id}`)).body.fields.stage, stage));

const card = (page, name) => page.locator("[data-card]").filter({ hasText: name });
/** Where it is taken hold of. */
async function grip(part) {
  await part.scrollIntoViewIfNeeded();
  const { x, y } = await part.boundingBox();
  return { x: x + 40, y: y + 16 };
}
const column = (page, stage) => page.locator(`[data-column='${stage}']`);
/** The card is lifted; the column is where it would be dropped. */
const lifted = (page) => page.locator("[data-card][data-carried]").waitFor();
const over = (page, stage) => page.locator(`[data-column='${stage}'][data-over]`).waitFor();

describe("board", () => {
  it("moves by the menu", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name)
      .getByRole("button", { name: /do innego etapu/ })
      .click();
    await page.getByRole("menuitem", { name: "Złożona oferta" }).click();
    await column(page, "offer").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "offer");
    await page.getByRole("button", { name: "Cofnij" }).first().click();
    await reaches(page, deal.id, "lead_in");
    await context.close();
  });

  it("moves by the keyboard", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name)
      .getByRole("button", { name: `Przenieś „${deal.name}”`, exact: true })
      .focus();
    await page.keyboard.press("Space");
    await lifted(page);
    await over(page, "lead_in");
    await page.keyboard.press("ArrowRight");
    await over(page, "contact");
    await page.keyboard.press("Space");
    await column(page, "contact").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "contact");
    await context.close();
  });

  it("moves by the mouse", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    const { x, y } = await grip(card(page, deal.name));
    const to = await column(page, "negotiation").boundingBox();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 20, y + 14, { steps: 4 });
    await lifted(page);
    await page.mouse.move(to.x + to.width / 2, to.y + 120, { steps: 12 });
    await over(page, "negotiation");
    await page.mouse.up();
    await column(page, "negotiation").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "negotiation");
    await context.close();
  });

  it("moves by touch, on a phone", async () => {
    const { page, context } = await enter(browser, "seller", { mode: "phone" });
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    const { x, y } = await grip(card(page, deal.name));
    const fingers = await page.context().newCDPSession(page);
    const touch = (type, ...touchPoints) => fingers.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", { x, y });
    // A finger that rests lifts the card; one that moves at once scrolls.
    await lifted(page);
    // The next column shows at the edge.
    for (let i = 1; i <= 10; i++) await touch("touchMove", { x: x + ((375 - x) * i) / 10, y });
    await over(page, "contact");
    await touch("touchEnd");
    await column(page, "contact").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "contact");
    await context.close();
  });

  it("moves by the menu, which the key M opens too; to what is closed as well", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name).getByRole("link").focus();
    await page.keyboard.press("m");
    await page.getByRole("menu", { name: "Przenieś do" }).waitFor();
    await page.getByRole("menuitem", { name: "Wygrana" }).press("Enter");
    await card(page, deal.name).waitFor({ state: "detached" });
    await reaches(page, deal.id, "won");
    await context.close();
  });

  it("brings the card back with the reason when the move fails (check 11)", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name).waitFor();
    // The server refuses what was allowed when the board was drawn.
    await page.route("**/api/v1/deals/*", (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({
            status: 403,
            contentType: "application/problem+json",
            body: JSON.stringify({
              type: "urn:klucznik:problem:forbidden",
              title: "Brak uprawnień",
              status: 403,
              detail: "Tej szansy nie wolno Ci już zmieniać.",
            }),
          })
        : route.fallback(),
    );
    await card(page, deal.name)
      .getByRole("button", { name: /do innego etapu/ })
      .click();
    await page.getByRole("menuitem", { name: "Złożona oferta" }).click();
    await page.getByText("Tej szansy nie wolno Ci już zmieniać.").first().waitFor();
    await column(page, "lead_in").getByText(deal.name).waitFor();
    await context.close();
  });

  it("flags in words what has no next activity or is overdue (check 12)", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name).getByText("bez następnej aktywności").waitFor();
    const due = new Date(Date.now() - 86_400_000).toISOString();
    await api(page, "POST", "/activities", {
      body: {
        parent: { entity: "deal", id: deal.id },
        fields: { kind: "call", title: "Oddzwonić", due, done: false, priority: "normal" },
      },
    });
    await page.reload();
    await settle(page);
    await card(page, deal.name).getByText("zaległa aktywność").waitFor();
    await context.close();
  });

  it("forecasts by month, as a picture and as a table, and leads to the deals", async () => {
    const { page, context } = await enter(browser, "management");
    await visit(page, "/deals?v=forecast");
    const table = page.getByRole("table", { name: "Prognoza według miesięcy" });
    const month = table.locator("tbody tr").first();
    const count = Number(await month.locator("td").first().innerText());
    assert.ok(count > 0);
    const plain = (text) => text.replace(/\s/g, " ");
    const [, , whole, weighted] = await table.locator("tfoot tr > *").allInnerTexts();
    const picture = page.locator("main div[role='img']");
    const said = plain(await picture.getAttribute("aria-label"));
    assert.ok(said.includes(plain(whole)) && said.includes(plain(weighted)), said);
    await picture.locator(".recharts-bar-rectangle").first().waitFor();
    await month.getByRole("link").click();
    await page.waitForURL(/\/deals\?.*v=table/);
    const listed = page
      .locator("main [role='status']")
      .filter({ hasText: /rekord/ })
      .first();
    await eventually(async () =>
      assert.equal(Number(await listed.locator("span").first().innerText()), count),
    );
    await context.close();
  });

  it("shows no values and no handles to whom neither is given", async () => {
    const { page, context } = await enter(browser, "dpo");
    const values = (page) => page.locator("main").getByText(/\d\s(zł|€)/);
    const handles = (page) => page.getByRole("button", { name: /^Przenieś „/ });
    await visit(page, "/deals?v=board");
    await page.locator("[data-card]").first().waitFor();
    assert.equal(await values(page).count(), 0);
    assert.equal(await handles(page).count(), 0);
    await context.close();
    // There are some for who has the rights.
    const seller = await enter(browser, "seller");
    await visit(seller.page, "/deals?v=board");
    await values(seller.page).first().waitFor();
    await handles(seller.page).first().waitFor();
    await seller.context.close();
  });
});

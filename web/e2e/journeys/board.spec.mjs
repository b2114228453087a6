// The board: four ways to move a card, one result; a failure brings it back; deals in need are flagged in words.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, settle, visit } from "../lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

let count = 0;
async function aDeal(page, stage = "lead_in") {
  count += 1;
  const name = `Karta ${count} z ${Date.now()}`;
  const { body, status } = await api(page, "POST", "/deals", {
    body: { fields: { name, stage, value: { amount: "1000", currency: "PLN" } } },
  });
  assert.equal(status, 201);
  return { id: body.id, name };
}

async function reaches(page, id, stage) {
  for (let i = 0; i < 25; i++) {
    if ((await api(page, "GET", `/deals/${id}`)).body.fields.stage === stage) return;
    await page.waitForTimeout(200);
  }
  assert.fail(`the deal did not reach ${stage}`);
}

const card = (page, name) => page.locator("[data-card]").filter({ hasText: name });
const column = (page, stage) => page.locator(`[data-column='${stage}']`);

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
    await page.waitForTimeout(400);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(400);
    await page.keyboard.press("Space");
    await column(page, "contact").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "contact");
    await context.close();
  });

  it("moves by the mouse", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name).scrollIntoViewIfNeeded();
    const from = await card(page, deal.name).boundingBox();
    const to = await column(page, "negotiation").boundingBox();
    await page.mouse.move(from.x + 40, from.y + 16);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
    await page.mouse.move(to.x + to.width / 2, to.y + 120, { steps: 12 });
    await page.waitForTimeout(200);
    await page.mouse.up();
    await column(page, "negotiation").getByText(deal.name).waitFor();
    await reaches(page, deal.id, "negotiation");
    await context.close();
  });

  it("brings the card back with the reason when the move fails (check 11)", async () => {
    const { page, context } = await enter(browser, "seller");
    const deal = await aDeal(page);
    await visit(page, "/deals?v=board");
    await card(page, deal.name).waitFor();
    // The deal is taken from under the page: it lies in the bin by now, so it can no longer be changed.
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
    await page.getByRole("table").first().waitFor();
    assert.ok((await page.getByRole("row").count()) > 2);
    await context.close();
  });

  it("shows no values and no handles to whom neither is given", async () => {
    const { page, context } = await enter(browser, "dpo");
    await visit(page, "/deals?v=board");
    await page.locator("[data-card]").first().waitFor();
    assert.equal(await page.getByText(/\d zł/).count(), 0);
    assert.equal(await page.getByRole("button", { name: /^Przenieś „/ }).count(), 0);
    await context.close();
  });
});

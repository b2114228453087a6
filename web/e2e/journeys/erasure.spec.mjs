// An erasure leaves nothing of the person in the page that asked for it, and asks for nothing that is gone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, launch, visit } from "../lib.mjs";
import { unique } from "../made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("erasure", () => {
  it("shows what it did, and leaves neither the person nor questions for it in the page", async () => {
    const seller = await enter(browser, "seller");
    const last_name = `Wymazywalna${unique()}`;
    const made = await api(seller.page, "POST", "/people", {
      body: { fields: { first_name: "Wanda", last_name } },
    });
    assert.equal(made.status, 201, made.text);
    await seller.context.close();
    const { page, context, faults } = await enter(browser, "dpo");
    // In the list's cache as well.
    await visit(page, "/people?view=all");
    await page.getByRole("link", { name: new RegExp(last_name) }).click();
    await page.waitForURL(`**/people/${made.body.id}*`);
    await page.getByRole("button", { name: "Więcej czynności" }).click();
    await page.getByRole("menuitem", { name: "Usuń trwale…" }).click();
    const dialog = page.getByRole("dialog", { name: "Trwałe usunięcie danych" });
    await dialog.getByRole("textbox", { name: "Podstawa usunięcia" }).fill("Żądanie osoby");
    await dialog.getByRole("textbox", { name: /^Aby potwierdzić/ }).fill(`Wanda ${last_name}`);
    const asked = [];
    page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await dialog.getByRole("button", { name: "Usuń trwale" }).click();
    await page.getByRole("heading", { name: "Trwale usunięto dane" }).waitFor();
    // Long enough for a question to be asked that should not be.
    await page.waitForTimeout(1000);
    const path = `/api/v1/people/${made.body.id}`;
    assert.deepEqual(
      asked.filter((one) => one.includes(path)),
      [`POST ${path}/erase`],
    );
    // Back at the list, before it is asked again, nothing of it is drawn.
    let go;
    const gate = new Promise((open) => {
      go = open;
    });
    await page.route("**/api/v1/people?**", async (route) => {
      await gate;
      await route.continue();
    });
    await page.getByRole("link", { name: /^Przejdź do listy/ }).click();
    await page.getByRole("heading", { level: 1, name: /^Osoby/ }).waitFor();
    assert.equal(await page.getByText(last_name).count(), 0);
    go();
    await page.locator("tbody tr[data-index]").first().waitFor();
    assert.equal(await page.getByText(last_name).count(), 0);
    assert.deepEqual(faults, []);
    await context.close();
  });
});

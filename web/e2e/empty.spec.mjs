// Pages that have nothing to show, may show nothing, or cannot (check 30): each says so, and what can be done.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "./a11y.mjs";
import { enter, eventually, launch, settle, visit } from "./lib.mjs";
import { makeRole, makeUser } from "./made.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

describe("empty and broken states (check 30)", () => {
  it("somebody without any right has a home that helps, and no broken page", async () => {
    const admin = await enter(browser, "admin");
    const role = await makeRole(admin.page, {});
    const user = await makeUser(admin.page, { roles: [role.id] });
    await admin.context.close();
    const { page, context, faults } = await enter(browser, user.login);
    await settle(page);
    await page.getByRole("heading", { name: "Strona główna", level: 1 }).waitFor();
    await page.getByText("Twoje role nie pozwalają jeszcze na nic").first().waitFor();
    assert.deepEqual(await findings(page), []);
    const shown = await page
      .getByRole("navigation", { name: "Główne menu" })
      .getByRole("link")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    const others = ["/people", "/deals", "/activities", "/bin", "/import", "/jobs", "/notifications"];
    for (const path of [...shown, ...others, "/account", "/ledger", "/admin", "/admin/users"]) {
      await visit(page, path);
      await eventually(async () => {
        assert.equal(await page.locator("h1").count(), 1, path);
        assert.ok((await page.locator("main").innerText()).trim().length > 20, `${path} says nothing`);
      });
      assert.equal(await page.getByText("Coś poszło nie tak").count(), 0, path);
      assert.deepEqual(faults, [], path);
    }
    await context.close();
  });

  it("a list whose conditions nothing meets says so, and leads back", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, "/people");
    await page.getByPlaceholder("Szukaj na liście").fill("żadna osoba tak się nie nazywa");
    await page.getByText("Nic nie pasuje do warunków").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByRole("button", { name: "Wyczyść warunki" }).last().click();
    await page.locator("tbody tr[data-index]").first().waitFor();
    const search = page.getByPlaceholder("Szukaj na liście");
    await eventually(async () => assert.equal(await search.inputValue(), ""));
    await context.close();
  });

  const FAILURES = {
    "an answer of the server": (route) =>
      route.fulfill({
        status: 500,
        contentType: "application/problem+json",
        body: JSON.stringify({
          type: "urn:klucznik:problem:internal",
          title: "Błąd serwera",
          status: 500,
          detail: "Serwer nie mógł teraz odpowiedzieć.",
        }),
      }),
    "no answer": (route) => route.abort(),
  };
  for (const [what, fail] of Object.entries(FAILURES))
    for (const [path, call] of [
      ["/companies", "**/api/v1/companies?**"],
      ["/deals?v=board", /\/api\/v1\/deals(\?|\/query)/],
      ["/activities?v=list", /\/api\/v1\/activities(\?|\/query)/],
      ["/jobs", "**/api/v1/jobs"],
      ["/notifications", "**/api/v1/notices**"],
    ])
      it(`${path}: ${what} is shown, and trying again helps`, async () => {
        const { page, context } = await enter(browser, "seller");
        await page.route(call, fail);
        await page.goto(path);
        const again = page.locator("main").getByRole("button", { name: "Spróbuj ponownie" }).first();
        await again.waitFor({ timeout: 30_000 });
        const words = fail === FAILURES["no answer"] ? "Brak połączenia" : "Serwer nie mógł teraz";
        await page.locator("main").getByText(words).first().waitFor();
        assert.equal(await page.locator("h1").count(), 1);
        assert.deepEqual(await findings(page), []);
        await page.unroute(call);
        await again.click();
        await page.locator("main").getByText(words).first().waitFor({ state: "hidden" });
        await again.waitFor({ state: "hidden" });
        await context.close();
      });

  for (const path of ["/companies", "/people", "/leads", "/notes"])
    it(`${path}: a slow answer is waited for in words`, async () => {
      const { page, context } = await enter(browser, "seller");
      let go;
      const gate = new Promise((open) => {
        go = open;
      });
      await page.route(`**/api/v1${path}?**`, async (route) => {
        await gate;
        await route.continue();
      });
      await page.goto(path);
      await page.locator("main").getByRole("status").filter({ hasText: "Wczytywanie" }).first().waitFor();
      assert.equal(await page.locator("h1").count(), 1);
      go();
      await page.locator("tbody tr[data-index]").first().waitFor();
      await context.close();
    });
});

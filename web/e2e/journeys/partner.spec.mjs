// Somebody of a partner organisation sees what was shared, and for how long; whatever else is tried, the page is the
// same as for what does not exist.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "../a11y.mjs";
import { comeIn } from "../guest.mjs";
import { api, enter, eventually, LANG, launch, settle, visit } from "../lib.mjs";
import { makeGuest, makePartner, say, shareWithPartner, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

const NOBODY = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
let browser;
let admin;
let seller;
/** The partner, its user with the browser it sits at, and what the seller shared with it. */
let agency;
let guest;
let lead;
let company;
/** A record that only another partner was given. */
let foreign;

const made = async (plural, fields, more = {}) => {
  const answer = await api(seller.page, "POST", `/${plural}`, { body: { fields, ...more } });
  assert.equal(answer.status, 201, answer.text);
  return { id: answer.body.id, at: `/${plural}/${answer.body.id}` };
};

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
  agency = await makePartner(admin.page, { name: `Agencja Sowa ${unique()}` });
  const rival = await makePartner(admin.page);
  const user = await makeGuest(admin.page, agency.id);
  lead = await made("leads", {
    first_name: "Ewa",
    last_name: `Wspólna${unique()}`,
    email: "ewa@wspolna.example",
    phone: "600100200",
  });
  company = await made("companies", { name: `Huta ${unique()}`, city: "Kielce" });
  foreign = await made("leads", { first_name: "Jan", last_name: `Cudzy${unique()}` });
  const parent = { entity: "company", id: company.id };
  await made(
    "activities",
    { kind: "task", title: "Wysłać wzory umów", due: "2030-01-15T10:00:00Z" },
    { parent },
  );
  await made("notes", { body: "Huta woli kontakt rano" }, { parent });
  await shareWithPartner(seller.page, lead.at, agency.id, {
    days: 3,
    fields: ["first_name", "last_name", "email"],
  });
  await shareWithPartner(seller.page, company.at, agency.id, { days: 30, related: true });
  await shareWithPartner(seller.page, foreign.at, rival.id);
  guest = { ...(await comeIn(browser, user.login)), login: user.login };
});
after(() => browser.close());

const main = (page) => page.getByRole("main");
const nav = (page) => page.getByRole("navigation", { name: say("common:nav.label") });

describe("a partner's user", () => {
  it("finds what was shared, with its fields, what hangs on it, and until when", async () => {
    const { page, faults } = guest;
    const answers = [];
    page.on("response", (answer) => answers.push([answer.status(), new URL(answer.url()).pathname]));
    await visit(page, "/");
    await page.getByText(say("partner:for", { name: agency.name }), { exact: true }).waitFor();
    await page
      .getByRole("status")
      .filter({ hasText: LANG === "pl" ? "za 3 dni" : "in 3 days" })
      .first()
      .waitFor();
    await seen(page, "partner-shared");
    assert.equal(await nav(page).getByRole("link").count(), 2, "what is shared, and tasks: no more");
    // Of the lead three fields were shared, and not what it is called as a whole: it is called by its parts.
    await main(page).getByRole("link", { name: "Ewa Wspólna" }).click();
    await page.getByRole("heading", { name: /Ewa Wspólna/, level: 1 }).waitFor();
    await settle(page);
    const shown = await main(page)
      .locator("[data-field]")
      .evaluateAll((all) => all.map((at) => at.dataset.field));
    assert.deepEqual(shown.sort(), ["email", "first_name", "last_name"]);
    await main(page).getByText("ewa@wspolna.example").waitFor();
    const text = await page.locator("body").innerText();
    assert.ok(!text.includes("Kowalska") && !text.includes("100 200"), text);
    await seen(page, "partner-lead");

    await visit(page, company.at);
    await main(page).getByText("Huta woli kontakt rano").waitFor();
    await main(page).getByRole("link", { name: "Wysłać wzory umów" }).waitFor();
    await seen(page, "partner-company");
    await nav(page)
      .getByRole("link", { name: say("partner:tasks") })
      .click();
    await main(page).getByRole("link", { name: "Wysłać wzory umów" }).waitFor();
    await settle(page);
    await seen(page, "partner-tasks");
    // Nothing that is not served was asked for along the way.
    assert.deepEqual(
      answers.filter(([status]) => status >= 400),
      [],
    );
    assert.deepEqual(faults, []);
  });

  it("has an account, its own language and theme, and no more", async () => {
    const { page, faults } = guest;
    const answers = [];
    page.on("response", (answer) => answers.push([answer.status(), new URL(answer.url()).pathname]));
    for (const tab of ["profile", "preferences", "password", "security", "sessions", "history"]) {
      await visit(page, `/account?tab=${tab}`);
      const open = page.getByRole("tab", { name: say(`account:tab.${tab}`), exact: true });
      assert.equal(await open.getAttribute("aria-selected"), "true", tab);
      await seen(page, `partner-account-${tab}`);
    }
    assert.equal(await page.getByRole("tab").count(), 6);
    await visit(page, "/notifications");
    await seen(page, "partner-notices");
    assert.deepEqual(
      answers.filter(([status]) => status >= 400),
      [],
    );
    // No search by the keyboard, nor a form to add something.
    await visit(page, "/");
    for (const keys of ["Control+k", "/", "n", "?"]) await page.keyboard.press(keys);
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.getByRole("button", { name: new RegExp(guest.login.slice(5)) }).click();
    await page.getByRole("menuitem").first().waitFor();
    assert.equal(await page.getByRole("menuitem").count(), 4, "account, language, theme, way out");
    await page.getByRole("menuitem", { name: LANG === "pl" ? "English" : "Polski" }).click();
    const other = LANG === "pl" ? "en" : "pl";
    await page.getByRole("heading", { name: say("partner:title", {}, other), level: 1 }).waitFor();
    await page.getByRole("button", { name: new RegExp(guest.login.slice(5)) }).click();
    await page.getByRole("menuitem", { name: LANG === "pl" ? "Polski" : "English" }).click();
    await page.getByRole("heading", { name: say("partner:title"), level: 1 }).waitFor();
    // Kept by the server before anybody goes on.
    const kept = async () => (await api(page, "GET", "/me/preferences")).body.lang;
    await eventually(async () => assert.equal(await kept(), LANG));
    assert.deepEqual(faults, []);
  });

  it("gets the same page at every guessed address, and the same answer behind it", async () => {
    const { page, faults } = guest;
    await visit(page, `/leads/${NOBODY}`);
    await page.getByRole("heading", { name: say("common:notFound.title"), level: 1 }).waitFor();
    await seen(page, "partner-not-found");
    const nothing = await main(page).innerText();
    const guesses = [
      foreign.at,
      `/deals/${NOBODY}`,
      `/people/${lead.id}`,
      `/leads/${company.id}`,
      "/leads/1",
      "/leads",
      "/companies",
      "/deals",
      "/search",
      "/admin",
      "/admin/users",
      `/admin/users/${NOBODY}`,
      "/admin/partners",
      `/admin/partners/${agency.id}`,
      "/disclosures",
      "/ledger",
      "/explain",
      "/import",
      "/jobs",
      "/bin",
      "/access-requests",
      `/hand-over/${NOBODY}`,
      `/service-accounts/${NOBODY}`,
      "/nothing/of/this/kind",
    ];
    for (const path of guesses) {
      await visit(page, path);
      await eventually(async () => assert.equal(await main(page).innerText(), nothing, path), 5_000);
    }
    const told = async (path) => {
      const { status, body } = await api(page, "GET", path);
      return [status, body?.type, body?.title, body?.detail];
    };
    const gone = await told(`/leads/${NOBODY}`);
    assert.equal(gone[0], 404);
    for (const path of [
      foreign.at,
      `/leads/${company.id}`,
      "/deals",
      "/users",
      "/search?q=ewa",
      "/stream",
      "/partners",
      `/partners/${agency.id}`,
      `${lead.at}/grants`,
      `${lead.at}/events`,
      `${lead.at}/access`,
    ])
      assert.deepEqual(await told(path), gone, path);
    assert.deepEqual(faults, []);
  });

  it("loses the record with the end of what was shared, also on a page that is open", async () => {
    const { page, faults } = guest;
    await visit(page, lead.at);
    await page.getByRole("heading", { name: /Ewa Wspólna/, level: 1 }).waitFor();
    const { body } = await api(seller.page, "GET", `${lead.at}/grants`);
    assert.equal((await api(seller.page, "DELETE", `/grants/${body.items[0].id}`)).status, 204);
    // Whoever comes back to the window asks anew, once what is known is older than ten seconds.
    await page.waitForTimeout(10_500);
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await page.getByRole("heading", { name: say("common:notFound.title"), level: 1 }).waitFor();
    const text = await page.locator("body").innerText();
    assert.ok(!text.includes("ewa@wspolna.example"));
    await visit(page, "/");
    await main(page).getByRole("link", { name: /Huta/ }).waitFor();
    assert.equal(await main(page).getByRole("link", { name: /Lead/ }).count(), 0);
    // The house sees it as before.
    assert.equal((await api(seller.page, "GET", lead.at)).status, 200);
    assert.deepEqual(faults, []);
  });

  it("is told so where nothing is shared", async () => {
    const other = await makePartner(admin.page);
    const user = await makeGuest(admin.page, other.id);
    const { page, context, faults } = await comeIn(browser, user.login);
    await page.getByText(say("partner:none.title"), { exact: true }).waitFor();
    await settle(page);
    await seen(page, "partner-nothing");
    assert.deepEqual(await findings(page), []);
    assert.equal(await nav(page).getByRole("link").count(), 1);
    await visit(page, "/activities");
    await page.getByRole("heading", { name: say("common:notFound.title"), level: 1 }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});

// An administrator opens registration of deals for a partner; its user registers one and follows it; the caretaker finds
// it, works on it, and closes what is to be closed.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { comeIn } from "../guest.mjs";
import { api, enter, launch, settle, visit } from "../lib.mjs";
import { makeGuest, makePartner, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

let browser;
let admin;
let seller;
let agency;
let guest;
const company = `Huta ${unique()}`;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
  agency = await makePartner(admin.page, { name: `Agencja Sowa ${unique()}` });
  const user = await makeGuest(admin.page, agency.id);
  guest = await comeIn(browser, user.login);
});
after(() => browser.close());

const main = (page) => page.getByRole("main");
const nav = (page) => page.getByRole("navigation", { name: say("common:nav.label") });
const part = (page) => page.getByRole("region", { name: say("partners:registration.title"), exact: true });

describe("registration of deals", () => {
  it("is not there for a partner before it is opened", async () => {
    const { page, faults } = guest;
    await visit(page, "/");
    assert.equal(
      await nav(page)
        .getByRole("link", { name: say("partner:registered.title") })
        .count(),
      0,
    );
    await visit(page, "/registrations");
    await main(page).getByText(say("partner:registered.closed")).waitFor();
    assert.equal(await page.getByRole("button", { name: say("partner:register.do") }).count(), 0);
    assert.deepEqual(faults, []);
  });

  it("is opened by whoever manages users, with a caretaker who may", async () => {
    const { page, faults } = admin;
    await visit(page, `/admin/partners/${agency.id}`);
    await part(page).getByText(say("partners:registration.isOff")).waitFor();
    await part(page)
      .getByRole("button", { name: say("partners:registration.on") })
      .click();
    const dialog = page.getByRole("dialog", { name: say("partners:registration.title") });
    const { body: me } = await api(seller.page, "GET", "/me");
    const { body: own } = await api(page, "GET", "/me");
    const caretaker = dialog.getByRole("combobox", { name: say("partners:registration.caretaker") });
    const choose = async (name) => {
      await caretaker.click();
      await caretaker.fill(name);
      await page.getByRole("option", { name, exact: true }).first().click();
    };
    // An administrator has no leads to take care of: that is said at the field.
    await choose(own.user.name);
    await dialog.getByRole("button", { name: say("common:save"), exact: true }).click();
    await page.waitForFunction(() => document.querySelector("[role='dialog'] [aria-invalid='true']"));
    await seen(page, "registration-rules");
    faults.length = 0; // The refusal that was wanted.
    await choose(me.user.name);
    await dialog.getByRole("button", { name: say("common:save"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await part(page).getByText(say("partners:registration.isOn"), { exact: true }).waitFor();
    await part(page).getByText(me.user.name, { exact: true }).waitFor();
    await settle(page);
    await seen(page, "registration-open");
    assert.deepEqual(faults, []);
  });

  it("is used by the partner's user, who follows what becomes of it", async () => {
    const { page, faults } = guest;
    await visit(page, "/");
    await nav(page)
      .getByRole("link", { name: say("partner:registered.title") })
      .click();
    await main(page).getByText(say("partner:registered.none.title")).waitFor();
    await seen(page, "registrations-none");
    await page.getByRole("button", { name: say("partner:register.do") }).click();
    const dialog = page.getByRole("dialog", { name: say("partner:register.do") });
    const field = (name) => dialog.getByRole("textbox", { name: say(`partner:register.field.${name}`) });
    await field("company_name").fill(company);
    await field("last_name").fill("Szansowska");
    await field("email").fill("to nie adres");
    await field("description").fill("Chcą dwóch licencji");
    await dialog.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
    await dialog.getByRole("button", { name: say("partner:register.do") }).click();
    await page.waitForFunction(() => document.querySelector("[role='dialog'] [aria-invalid='true']"));
    await seen(page, "registrations-form");
    faults.length = 0; // The refusal that was wanted.
    await field("email").fill("ola@szansa.example");
    await dialog.getByRole("button", { name: say("partner:register.do") }).click();
    await dialog.waitFor({ state: "detached" });
    await main(page).getByRole("link", { name: company }).waitFor();
    await main(page).getByText(say("partner:registered.state.open"), { exact: true }).waitFor();
    await settle(page);
    await seen(page, "registrations-one");
    await main(page).getByRole("link", { name: company }).click();
    await page.getByRole("heading", { name: /Szansowska/, level: 1 }).waitFor();
    const text = await page.locator("body").innerText();
    assert.ok(!text.includes("Kowalska"), text);
    assert.deepEqual(faults, []);
  });

  it("is told to the caretaker, whose lead says by whom it was registered", async () => {
    const { page, faults } = seller;
    const { body: own } = await api(guest.page, "GET", "/registrations");
    const { id } = own.items[0];
    const { version } = (await api(page, "GET", `/leads/${id}`)).body;
    await visit(page, `/leads/${id}?tab=details`);
    await main(page)
      .getByText(say("record:registeredBy", { name: agency.name }), { exact: true })
      .waitFor();
    const patch = await api(page, "PATCH", `/leads/${id}`, {
      body: { fields: { status: "contacted" } },
      version,
    });
    assert.equal(patch.status, 200, patch.text);
    await visit(page, "/notifications");
    await main(page).getByText(agency.name).first().waitFor();
    assert.deepEqual(faults, []);
    await visit(guest.page, "/registrations");
    await main(guest.page).getByText(say("partner:registered.state.in_work"), { exact: true }).waitFor();
  });

  it("is closed again: what was registered stays", async () => {
    const { page, faults } = admin;
    await visit(page, `/admin/partners/${agency.id}`);
    await part(page)
      .getByRole("table", { name: say("partners:registration.list") })
      .waitFor();
    await settle(page);
    await seen(page, "registration-list");
    await part(page)
      .getByRole("button", { name: say("partners:registration.off") })
      .click();
    const sure = page.getByRole("dialog");
    await sure.getByRole("button", { name: say("partners:registration.off") }).click();
    await part(page).getByText(say("partners:registration.isOff")).waitFor();
    assert.deepEqual(faults, []);
    await visit(guest.page, "/registrations");
    await main(guest.page).getByText(say("partner:registered.closed")).waitFor();
    await main(guest.page).getByRole("link", { name: company }).waitFor();
    assert.equal(await guest.page.getByRole("button", { name: say("partner:register.do") }).count(), 0);
    await seen(guest.page, "registrations-closed");
  });
});

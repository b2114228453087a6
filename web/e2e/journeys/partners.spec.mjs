// An administrator enters a partner with its agreement, invites its user and ends what is shared; whoever reads the
// ledger sees what was disclosed, and takes it out.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { addApplication } from "../factors.mjs";
import { api, enter, launch, settle, visit } from "../lib.mjs";
import { like, makeGuest, makePartner, say, shareWithPartner, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

let browser;
let admin;
let seller;
let auditor;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
  auditor = await enter(browser, "auditor");
});
after(() => browser.close());

async function makeLead() {
  const fields = { first_name: "Ewa", last_name: `Wspólna${unique()}`, email: "ewa@wspolna.example" };
  const answer = await api(seller.page, "POST", "/leads", { body: { fields } });
  assert.equal(answer.status, 201, answer.text);
  return { id: answer.body.id, at: `/leads/${answer.body.id}`, name: `Ewa ${fields.last_name}` };
}

const part = (page, key, values) => page.getByRole("region", { name: say(key, values), exact: true });

describe("partner organisations", () => {
  it("are entered with an agreement, and their users invited", async () => {
    const { page, faults } = admin;
    const name = `Agencja Puchacz ${unique()}`;
    await visit(page, "/admin");
    await page
      .getByRole("main")
      .getByRole("link", { name: say("admin:card.partners.name") })
      .click();
    await page.getByRole("heading", { name: say("partners:title"), level: 1 }).waitFor();
    await settle(page);
    await seen(page, "partners-list");
    await page.getByRole("button", { name: say("partners:add") }).click();
    const dialog = page.getByRole("dialog", { name: say("partners:add") });
    await dialog.getByLabel(say("partners:name"), { exact: false }).first().fill(name);
    await dialog.getByLabel(say("partners:contactEmail")).fill("ada@puchacz.example");
    await dialog.getByLabel(say("partners:agreement.until")).waitFor();
    // The number is missing: that is said at its field.
    await dialog.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
    await dialog.getByRole("button", { name: say("partners:add"), exact: true }).click();
    await page.waitForFunction(() => document.querySelector("[role='dialog'] [aria-invalid='true']"));
    await seen(page, "partners-add");
    await dialog.getByLabel(say("partners:agreement.number")).fill("UPP/9/2026");
    await dialog.getByRole("button", { name: say("partners:add"), exact: true }).click();
    await page.getByRole("heading", { name, level: 1 }).waitFor();
    await settle(page);
    await part(page, "partners:agreements").getByText("UPP/9/2026").waitFor();
    await part(page, "partners:agreements")
      .getByText(say("partners:agreementState.in_force"), { exact: true })
      .waitFor();
    await seen(page, "partners-new");

    await part(page, "partners:users")
      .getByRole("button", { name: say("partners:invite") })
      .click();
    const invite = page.getByRole("dialog", { name: say("partners:invite") });
    const login = `gosc.${unique()}`;
    await invite.getByLabel(say("admin:user.login")).fill(login);
    await invite
      .getByRole("textbox", { name: say("admin:user.name"), exact: true })
      .fill(`Gość ${login.slice(5)}`);
    await invite.getByLabel(say("admin:user.email")).fill(`${login}@puchacz.example`);
    await invite.getByRole("button", { name: say("partners:invite"), exact: true }).click();
    await invite.getByLabel(say("admin:user.link"), { exact: true }).waitFor();
    await seen(page, "partners-invited");
    await invite
      .getByRole("button", { name: say("common:close"), exact: true })
      .last()
      .click();
    const user = part(page, "partners:users")
      .getByRole("row")
      .filter({ hasText: login.slice(5) });
    await user.getByText(say("partners:userIs.invited")).waitFor();
    await user.getByText(say("partners:noFactor")).waitFor();
    // On the user's own page there is neither a team nor a role to choose, but the way back.
    await user.getByRole("link").click();
    await page.getByRole("link", { name, exact: true }).waitFor();
    assert.equal(await page.getByRole("combobox", { name: say("admin:user.team") }).count(), 0);
    await settle(page);
    await seen(page, "partners-user");
    assert.deepEqual(faults, []);
  });

  it("lose what is shared with one click, and with the agreement, of which that is said before", async () => {
    const { page, faults } = admin;
    const partner = await makePartner(page, { name: `Agencja Sowa ${unique()}` });
    const [first, second] = [await makeLead(), await makeLead()];
    for (const lead of [first, second])
      await shareWithPartner(seller.page, lead.at, partner.id, { days: 20, fields: ["first_name"] });
    await visit(page, `/admin/partners/${partner.id}`);
    const shared = part(page, "partners:grants").getByRole("listitem");
    assert.equal(await shared.count(), 2);
    // What they are called is no matter of whoever looks after users.
    assert.ok(!(await page.locator("body").innerText()).includes("Wspólna"));
    await seen(page, "partners-shared");
    await shared.first().getByRole("button").click();
    await shared.nth(1).waitFor({ state: "detached" });
    const left = async (lead) => (await api(seller.page, "GET", `${lead.at}/grants`)).body.items.length;
    assert.deepEqual([await left(first), await left(second)], [1, 0], "the newest was the first");

    const agreements = part(page, "partners:agreements");
    await agreements.getByRole("button", { name: like("partners:agreement.changeEndOf") }).click();
    const dialog = page.getByRole("dialog", { name: say("partners:agreement.changeEnd") });
    await dialog.getByText(say("partners:agreement.endsNothing")).waitFor();
    await dialog.getByLabel(say("partners:agreement.atOnce")).check();
    await dialog.getByText(like("partners:agreement.endsNow")).waitFor();
    await seen(page, "partners-end");
    await dialog.getByRole("button", { name: say("partners:agreement.changeEnd"), exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await agreements.getByText(say("partners:agreementState.ended"), { exact: true }).waitFor();
    await page.getByText(say("partners:is.unagreed")).first().waitFor();

    await page.getByRole("button", { name: say("partners:suspend"), exact: true }).click();
    const question = page.getByRole("dialog");
    await question.getByText(like("partners:suspendText")).waitFor();
    await question.getByRole("button", { name: say("partners:suspend"), exact: true }).click();
    await page.getByText(say("partners:is.suspended")).first().waitFor();
    await settle(page);
    await seen(page, "partners-suspended");
    assert.equal((await api(page, "GET", `/partners/${partner.id}`)).body.active, false);
    assert.deepEqual(faults, []);
  });

  it("have what reached them on the record, and for whoever reads the ledger, with proof", async () => {
    const partner = await makePartner(admin.page, { name: `Agencja Płomykówka ${unique()}` });
    const user = await makeGuest(admin.page, partner.id);
    const lead = await makeLead();
    await visit(seller.page, `${lead.at}?tab=access`);
    const section = part(seller.page, "disclosures:title");
    await section.getByText(say("disclosures:noneOfRecord")).waitFor();
    await shareWithPartner(seller.page, lead.at, partner.id, { fields: ["first_name", "email"] });
    const guest = await enter(browser, null);
    await guest.page.goto("/sign-in");
    const password = "mokry-parasol-w-tramwaju";
    const begun = await api(guest.page, "POST", "/sessions", { body: { login: user.login, password } });
    assert.ok(begun.status < 300, begun.text);
    await addApplication(guest.page);
    assert.equal((await api(guest.page, "GET", lead.at)).status, 200);
    await guest.context.close();

    await visit(seller.page, `${lead.at}?tab=access`);
    const row = section.getByRole("listitem").filter({ hasText: partner.name });
    await row.getByText(say("disclosures:channel.record")).waitFor();
    await row.getByText(/E-mail/).waitFor();
    await settle(seller.page);
    await seen(seller.page, "disclosures-record");
    // Agreements are for whoever may read about partners.
    assert.equal(await row.getByText(partner.agreements[0].number).count(), 0);

    const { page } = auditor;
    await visit(page, `/disclosures?partner=${partner.id}`);
    const found = page.getByRole("list", { name: say("disclosures:title") }).getByRole("listitem");
    assert.equal(await found.count(), 1);
    await found.getByText(partner.agreements[0].number).waitFor();
    await seen(page, "disclosures");
    const [proof] = await Promise.all([page.waitForEvent("download"), found.getByRole("button").click()]);
    assert.match(proof.suggestedFilename(), /^klucznik-proof-\d+\.json$/);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say("disclosures:csv") }).click(),
    ]);
    const text = readFileSync(await file.path(), "utf8");
    assert.ok(text.includes(partner.name) && text.includes(partner.agreements[0].number), text);
    assert.ok(!text.includes("ewa@wspolna.example"), "no values");
    // On paper there is what was asked for, and no button.
    await page.emulateMedia({ media: "print" });
    await page.getByText(new RegExp(`${partner.name} · `)).waitFor();
    assert.equal(await page.getByRole("main").getByRole("button").count(), 0);
    await page.emulateMedia({ media: "screen" });
    // Nothing a year ago, and no page for whoever may not.
    await visit(page, `/disclosures?partner=${partner.id}&to=2020-01-01`);
    await page.getByText(say("disclosures:none"), { exact: true }).waitFor();
    await visit(seller.page, "/disclosures");
    await seller.page.getByText(say("common:noAccess.title")).waitFor();
    assert.deepEqual([...seller.faults, ...auditor.faults, ...admin.faults], []);
  });
});

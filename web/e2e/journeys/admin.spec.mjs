// Administration: users, roles, fields, the ledger, the state of the system.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  api,
  CAST,
  enter,
  eventually,
  listening,
  PASSWORD,
  program,
  settle,
  signIn,
  tick,
  visit,
} from "../lib.mjs";
import { changeUser, like, makeRole, makeUser, roleId, say, unique } from "../made.mjs";
import { office } from "../office.mjs";

const { browser, admin } = await office();

async function pick(page, scope, label, option) {
  await scope.getByRole("combobox", { name: label }).focus();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** The link that a dialog shows, which is nowhere once that is closed. */
async function shownOnce(page, dialog) {
  await dialog.getByText(say("admin:secret.once")).waitFor();
  const link = await dialog.getByLabel(say("admin:user.link")).inputValue();
  await dialog
    .getByRole("button", { name: say("common:close") })
    .last()
    .click();
  await dialog.waitFor({ state: "hidden" });
  const inputs = await page.locator("input").evaluateAll((all) => all.map((input) => input.value));
  assert.ok(!(await page.content()).includes(link) && !inputs.includes(link));
  return link;
}

/** Chooses a password by a link, as whoever got it does. */
async function choose(page, link, password) {
  const { pathname, hash } = new URL(link);
  await page.goto(`${pathname}${hash}`);
  await page.locator("input[autocomplete='new-password']").fill(password);
  await page.getByRole("button", { name: say("common:link.button") }).click();
  await page.getByText(say("common:link.done")).waitFor();
}

describe("administration", () => {
  it("invites a user, whose link is shown once and opens the account", async () => {
    const { page } = admin;
    const mark = unique();
    const login = `nowy.${mark}`;
    await visit(page, "/admin/users");
    await page.getByRole("button", { name: say("admin:user.add") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("admin:user.login")).fill(login);
    await dialog.getByLabel(say("admin:user.name")).fill(`Nowa Osoba ${mark}`);
    await dialog.getByLabel(say("admin:user.email")).fill(`${login}@klucznik.example`);
    await pick(page, dialog, say("admin:user.team"), "Zespół Północ");
    await pick(page, dialog, say("admin:user.roles"), "Handlowiec");
    await page.keyboard.press("Escape");
    await dialog.getByRole("button", { name: say("admin:user.add") }).click();
    const link = await shownOnce(page, dialog);
    await page.getByRole("link", { name: `Nowa Osoba ${mark}` }).waitFor();

    const fresh = await enter(browser, null);
    await choose(fresh.page, link, PASSWORD);
    await signIn(fresh.page, login, PASSWORD);
    await visit(fresh.page, "/people");
    await fresh.page.locator("tbody tr[data-index]").first().waitFor();

    // The password is lost: it is taken away, and another one is chosen that nobody else knows.
    await page.getByRole("link", { name: `Nowa Osoba ${mark}` }).click();
    await page.getByRole("button", { name: say("admin:invitation.instead") }).click();
    await dialog.getByRole("button", { name: say("admin:invitation.insteadSend") }).click();
    const second = await shownOnce(page, dialog);
    assert.notEqual(second, link);
    await page.getByText(say("admin:user.is.invited")).waitFor();
    assert.equal((await api(fresh.page, "GET", "/me")).status, 401);
    await choose(fresh.page, second, `inny-${PASSWORD}`);
    await signIn(fresh.page, login, `inny-${PASSWORD}`);
    await fresh.context.close();
  });

  it("changes a role only after the difference was shown, and the change holds at once", async () => {
    const { page } = admin;
    const role = await makeRole(page, {
      entities: { person: { scopes: { read: "team" }, level: "read", special: null, trade: null } },
    });
    const user = await makeUser(page, { roles: [role.id] });
    const held = await enter(browser, user.login);
    assert.equal((await api(held.page, "GET", "/people/export")).status, 403);
    await visit(page, `/admin/roles/${role.id}`);
    await page.getByRole("combobox", { name: "Osoby: Eksport", exact: true }).selectOption("team");
    await page.getByText(like("admin:difference.count")).waitFor();
    await page.getByRole("button", { name: say("admin:difference.show") }).click();
    const dialog = page.getByRole("dialog", { name: say("admin:difference.title") });
    const line = dialog.getByRole("listitem").filter({ hasText: say("admin:action.export") });
    await line.getByText(say("admin:scope.none"), { exact: true }).waitFor();
    await line.getByText(say("admin:scope.team"), { exact: true }).waitFor();
    await line.getByText(say("admin:sense.wider")).waitFor();
    await dialog.getByText(user.name).waitFor();
    const now = async () =>
      (await api(page, "GET", "/roles")).body.items.find((r) => r.id === role.id).entities.person.scopes;
    assert.deepEqual(await now(), { read: "team" }, "nothing is saved yet");
    await dialog.getByRole("button", { name: say("admin:difference.save") }).click();
    await page.getByText(say("admin:role.saved")).first().waitFor();
    assert.deepEqual(await now(), { read: "team", export: "team" });
    assert.equal((await api(held.page, "GET", "/people/export")).status, 200);
    await held.context.close();
  });

  it("adds a field that is at once in forms, columns, filters, quick add and history", async () => {
    const { page } = admin;
    const mark = unique();
    const label = `Rabat ${mark}`;
    const name = `cf_rabat_${mark}`;
    await visit(page, "/admin/fields?entity=company");
    await page.getByRole("button", { name: say("admin:field.add") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("admin:field.labelPl")).fill(label);
    await dialog.getByLabel(say("admin:field.labelEn")).fill(`Discount ${mark}`);
    await dialog.getByRole("button", { name: say("admin:field.add") }).click();
    await page
      .getByText(say("admin:field.added", { field: label }))
      .first()
      .waitFor();
    await page.getByRole("row").filter({ hasText: label }).getByText(name).waitFor();

    const { page: at, context } = await enter(browser, "seller");
    await visit(at, "/companies");
    await at.keyboard.press("n");
    const form = at.getByRole("form", { name: say("add:title", { entity: "Firma" }) });
    await form.getByRole("button", { name: like("add:all") }).click();
    await form.locator("[data-field='name'] input").fill(`Z rabatem ${mark}`);
    await form.getByLabel(label).fill("dziesięć procent");
    await at.keyboard.press("Control+Enter");
    await form.waitFor({ state: "hidden" });
    const { body } = await api(at, "GET", `/companies?q=${mark}`);
    const [made] = body.items;
    assert.equal(made.fields[name], "dziesięć procent");

    await visit(at, `/companies/${made.id}?tab=details`);
    const field = at.locator(`[data-field='${name}']`);
    await field.getByText("dziesięć procent").waitFor();
    await field.getByRole("button", { name: /^Edytuj/ }).click();
    await field.getByRole("textbox").fill("dwanaście procent");
    await field.getByRole("textbox").press("Enter");
    await field.getByText("dwanaście procent").waitFor();
    await eventually(async () =>
      assert.equal((await api(at, "GET", `/companies/${made.id}`)).body.fields[name], "dwanaście procent"),
    );
    await visit(at, `/companies/${made.id}?tab=history`);
    const main = at.locator("main");
    await main.getByText(label).first().waitFor();
    await main.getByText("dziesięć procent").first().waitFor();

    await visit(at, "/companies");
    await at.getByRole("button", { name: say("list:columns.title") }).click();
    await tick(at.getByRole("checkbox", { name: label }));
    await at.keyboard.press("Escape");
    await at.getByRole("columnheader", { name: label }).waitFor();
    await at.getByRole("button", { name: say("list:filter.add") }).click();
    await at.getByRole("combobox", { name: say("list:filter.field") }).fill(label);
    await at.getByRole("option", { name: label }).click();
    await at.getByRole("textbox", { name: say("list:filter.value") }).fill("dwanaście");
    await at.getByRole("button", { name: say("list:filter.apply") }).click();
    await at.getByRole("button", { name: say("list:filter.remove", { what: label }) }).waitFor();
    await at.waitForFunction(() => document.querySelectorAll("tbody tr[data-index]").length === 1);
    await at.getByRole("link", { name: `Z rabatem ${mark}` }).waitFor();
    await at.getByRole("cell", { name: "dwanaście procent" }).waitFor();
    await api(at, "PUT", "/me/preferences", { body: {} });
    await context.close();
  });

  it("adds a team below another, renames it, and takes that back", async () => {
    const { page } = admin;
    const name = `Zespół ${unique()}`;
    const row = (text) => page.locator("main li").filter({ hasText: text }).last();
    await visit(page, "/admin/teams");
    await page.getByRole("button", { name: say("admin:team.addBelow", { name: "Zespół Północ" }) }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("admin:team.name")).fill(name);
    await dialog.getByRole("button", { name: say("admin:team.add") }).click();
    await row(name).waitFor();
    const { body: teams } = await api(page, "GET", "/teams");
    const [above, made] = ["Zespół Północ", name].map((one) => teams.items.find((team) => team.name === one));
    assert.equal(made.parent, above.id);
    await page.getByRole("button", { name: say("admin:team.changeOf", { name }) }).click();
    await dialog.getByLabel(say("admin:team.name")).fill(`${name} bis`);
    await dialog.getByRole("button", { name: say("common:save") }).click();
    await row(`${name} bis`).waitFor();
    await page
      .getByRole("alert")
      .filter({ hasText: say("admin:team.changed") })
      .getByRole("button", { name: "Cofnij" })
      .click();
    await row(`${name} bis`).waitFor({ state: "detached" });
    await row(name).waitFor();
  });

  it("sets who leads a team, and who does not any more", async () => {
    const { page } = admin;
    const { body: all } = await api(page, "GET", "/teams");
    const parent = all.items.find((one) => one.parent === null).id;
    const team = await api(page, "POST", "/teams", { body: { name: `Zespół ${unique()}`, parent } });
    assert.equal(team.status, 201, team.text);
    const seller = await roleId(page, "seller");
    const lead = await roleId(page, "team_lead");
    const user = await makeUser(page, { roles: [seller] });
    await changeUser(page, user.id, { team: team.body.id });
    const roles = async () => (await api(page, "GET", `/users/${user.id}`)).body.roles;
    await visit(page, "/admin/teams");
    const row = page.locator("main li").filter({ hasText: team.body.name }).last();
    const open = page.getByRole("button", { name: say("admin:team.leadsOf", { name: team.body.name }) });
    await open.click();
    const dialog = page.getByRole("dialog");
    const field = dialog.getByRole("combobox", { name: new RegExp(`^${say("admin:team.leads")}`) });
    await field.fill(user.name);
    await page.getByRole("option", { name: new RegExp(`^${user.name} ${user.login}`) }).click();
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: say("common:save") }).click();
    await row.filter({ hasText: user.name }).waitFor();
    assert.deepEqual((await roles()).toSorted(), [seller, lead].toSorted(), "other roles stay");
    await open.click();
    await field.focus();
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Tab");
    await dialog.getByRole("button", { name: say("common:save") }).click();
    await row.filter({ hasText: user.name }).waitFor({ state: "detached" });
    assert.deepEqual(await roles(), [seller]);
  });

  it("keeps what is being typed while rights change elsewhere", async () => {
    const { page } = admin;
    await visit(page, "/admin/teams");
    await listening(page);
    await page.getByRole("button", { name: say("admin:team.addBelow", { name: "Zespół Północ" }) }).click();
    const name = page.getByRole("dialog").getByLabel(say("admin:team.name"));
    await name.fill("Jeszcze nie zapisany");
    const again = () =>
      page.waitForResponse((r) => r.url().endsWith("/teams") && r.request().method() === "GET");
    const changeRights = async () => {
      const { body: teams } = await api(page, "GET", "/teams");
      const parent = teams.items.find((team) => team.parent === null).id;
      const renewed = again();
      assert.equal(
        (await api(page, "POST", "/teams", { body: { name: `Zespół ${unique()}`, parent } })).status,
        201,
      );
      await renewed;
      await settle(page);
    };
    await changeRights();
    assert.equal(await name.inputValue(), "Jeszcze nie zapisany");
    const { body: users } = await api(page, "GET", "/users");
    await visit(page, `/admin/users/${users.items.find((one) => one.login === CAST.seller).id}`);
    await listening(page);
    const email = page.getByLabel(say("admin:user.email"));
    await email.fill("jeszcze.nie@zapisany.example");
    await changeRights();
    assert.equal(await email.inputValue(), "jeszcze.nie@zapisany.example");
  });

  it("does not lose its last administrator, and says why", async () => {
    const { page } = admin;
    const { body: users } = await api(page, "GET", "/users");
    const user = users.items.find((one) => one.login === CAST.admin);
    await visit(page, `/admin/users/${user.id}`);
    const answer = page.waitForResponse((r) => r.request().method() === "PATCH");
    await page.getByRole("button", { name: say("admin:user.suspend") }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: say("admin:user.suspend") })
      .click();
    const refused = await answer;
    assert.equal(refused.status(), 409);
    await page
      .getByText((await refused.json()).detail)
      .first()
      .waitFor();
    assert.equal((await api(page, "GET", `/users/${user.id}`)).body.active, true);
    const roles = await api(page, "PATCH", `/users/${user.id}`, {
      body: { roles: [] },
      version: user.version,
    });
    assert.equal(roles.status, 409);
  });
});

describe("the ledger", () => {
  it("keeps its filters in the address and over a reload; a proof holds without the server", async () => {
    const seller = await enter(browser, "seller");
    assert.equal((await api(seller.page, "GET", "/people/export")).status, 403);
    await seller.context.close();
    const { page, context } = await enter(browser, "auditor");
    await visit(page, "/ledger");
    await pick(page, page, say("ledger:outcome"), say("ledger:outcomeOf.refused"));
    await page.waitForURL(/outcome=refused/);
    await pick(page, page, say("ledger:user"), "Anna Kowalska");
    await page.waitForURL(/user=/);
    await page.reload();
    await settle(page);
    const outcome = page.getByRole("combobox", { name: say("ledger:outcome") });
    assert.equal(await outcome.inputValue(), say("ledger:outcomeOf.refused"));
    assert.equal(
      await page.getByRole("combobox", { name: say("ledger:user") }).inputValue(),
      "Anna Kowalska",
    );
    const events = page.locator("li[data-outcome]");
    await events.first().waitFor();
    const all = await events.evaluateAll((list) => list.map((li) => [li.dataset.outcome, li.innerText]));
    assert.ok(all.every(([what, text]) => what === "refused" && text.includes("Anna Kowalska")));
    await events
      .first()
      .getByRole("button", { name: like("ledger:detailOf") })
      .click();
    await events.first().getByText("access.refused").first().waitFor();

    const coming = page.waitForEvent("download");
    await events
      .first()
      .getByRole("button", { name: say("ledger:proof") })
      .click();
    const folder = mkdtempSync(join(tmpdir(), "klucznik-proof-"));
    const file = join(folder, "proof.json");
    await (await coming).saveAs(file);
    const said = execFileSync(program(), ["ledger", "check", file, "--lang", "pl"], { encoding: "utf8" });
    assert.ok(said.length > 0);
    rmSync(folder, { recursive: true });
    await context.close();
  });

  it("hides what pages read by themselves, says so, and shows it on demand", async () => {
    const { page, context } = await enter(browser, "auditor");
    await visit(page, "/ledger");
    const events = page.locator("li[data-outcome]");
    await events.first().waitFor();
    const [read, signedIn] = [say("events:act.job.read"), say("events:act.session.start")];
    assert.equal(await events.filter({ hasText: read }).count(), 0);
    assert.ok((await events.filter({ hasText: signedIn }).count()) > 0);
    await page.getByRole("switch", { name: say("ledger:pages.hide") }).click();
    await page.waitForURL(/pages=1/);
    await events.filter({ hasText: read }).first().waitFor();
    await page.reload();
    await events.filter({ hasText: read }).first().waitFor();
    await context.close();
  });

  it("is verified on demand, with a result in words", async () => {
    const { page, context } = await enter(browser, "auditor");
    await visit(page, "/ledger?tab=integrity");
    const started = page.waitForResponse((r) => r.url().endsWith("/ledger/verify"));
    await page.getByRole("button", { name: say("ledger:verify.now") }).click();
    const response = await started;
    assert.equal(response.status(), 202);
    const { id } = await response.json();
    for (let i = 0; i < 120; i++) {
      const { body } = await api(page, "GET", `/jobs/${id}`);
      if (body.state === "done") {
        assert.deepEqual(body.result.findings, []);
        break;
      }
      assert.ok(["queued", "running"].includes(body.state), body.state);
      await page.waitForTimeout(500);
    }
    await page.getByText(say("ledger:verify.good"), { exact: true }).waitFor();
    await context.close();
  });
});

describe("the system's state", () => {
  it("is told check by check, in words", async () => {
    const { page } = admin;
    await visit(page, "/admin/system");
    const { body } = await api(page, "GET", "/system");
    assert.ok(body.checks.length >= 5);
    for (const check of body.checks) {
      const line = page.getByRole("listitem").filter({ hasText: say(`admin:health.${check.level}`) });
      // Numbers in them may have moved on meanwhile.
      await line
        .filter({ hasText: check.text.split(/\d/)[0] })
        .first()
        .waitFor();
    }
  });
});

// Masked values: nowhere before they are revealed, for a reason, for half a minute, and told in the ledger.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, visit } from "../lib.mjs";
import { like, listen, makeRole, makeUser, pesel, say } from "../made.mjs";

let browser;
/** A person with a PESEL, and somebody who may see it masked and reveal it. */
let value;
let person;
let reader;
let admin;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  const writes = await makeRole(admin.page, {
    entities: {
      person: { scopes: { read: "team", update: "team" }, level: "write", special: "write", trade: null },
    },
  });
  const reveals = await makeRole(admin.page, {
    entities: {
      person: { scopes: { read: "team", reveal: "team" }, level: "read", special: "masked", trade: null },
    },
  });
  const writer = await makeUser(admin.page, { roles: [writes.id] });
  reader = await makeUser(admin.page, { roles: [reveals.id] });

  const seller = await enter(browser, "seller");
  const made = await api(seller.page, "POST", "/people", {
    body: { fields: { first_name: "Zenobia", last_name: `Zamaskowana${Date.now()}` } },
  });
  assert.equal(made.status, 201, made.text);
  person = made.body;
  await seller.context.close();

  value = pesel();
  const hand = await enter(browser, writer.login);
  const written = await api(hand.page, "PATCH", `/people/${person.id}`, {
    body: { fields: { pesel: value } },
    version: person.version,
  });
  assert.equal(written.status, 200, written.text);
  await hand.context.close();
});
after(() => browser.close());

/** A window of the reader's in which every copy to the clipboard is told. */
async function open() {
  const one = await enter(browser, reader.login);
  const copied = [];
  await one.context.exposeBinding("__copied", (_, text) => {
    copied.push(text);
  });
  await one.context.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text) => window.__copied(text) },
    });
    document.addEventListener("copy", () => window.__copied(String(getSelection())));
  });
  return { ...one, copied };
}

const fieldOf = (page) => page.locator("[data-field='pesel']");
/** The page before may be there for a moment after its address has changed. */
const goneFrom = (page, where) =>
  eventually(async () => assert.ok(!(await page.content()).includes(value), where), 3000);
const revealButton = (page) =>
  page.getByRole("button", { name: say("record:reveal.button", { name: "PESEL" }) });
const dialogOf = (page) => page.getByRole("dialog", { name: say("record:reveal.title", { name: "PESEL" }) });

async function reveal(page, reason = "Weryfikacja tożsamości") {
  await revealButton(page).click();
  await dialogOf(page).getByLabel(say("record:reveal.reason")).fill(reason);
  await dialogOf(page)
    .getByRole("button", { name: say("record:reveal.confirm"), exact: true })
    .click();
  await fieldOf(page).getByText(value).waitFor();
}

async function reveals(page) {
  const { body } = await api(page, "GET", `/people/${person.id}/events`);
  return body.items.filter((event) => event.act === "field.reveal");
}

describe("masked values", () => {
  it("are nowhere in the page, its answers or the clipboard before they are revealed (check 19)", async () => {
    const { page, context, copied } = await open();
    const bodies = listen(page);
    for (const tab of ["details", "timeline", "history", "access"]) {
      await visit(page, `/people/${person.id}?tab=${tab}`);
      assert.ok(!(await page.content()).includes(value), `in the page, ${tab}`);
    }
    await visit(page, "/people");
    await page.getByPlaceholder(say("list:searchShort")).fill(value);
    await page.getByText(say("list:empty.noMatch")).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: say("palette:title") }).fill(value);
    await page.getByText(say("palette:nothing")).first().waitFor();
    await page.keyboard.press("Escape");
    await visit(page, `/people/${person.id}?tab=details`);
    await revealButton(page).waitFor();
    await page.locator("h1").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+c");
    const found = (await bodies()).filter((text) => text.includes(value) && !text.includes(`q=${value}`));
    assert.deepEqual(found, []);
    assert.ok(!copied.some((text) => text.includes(value)));
    assert.equal(
      await api(page, "GET", `/people/${person.id}`).then((r) => r.body.fields.pesel.masked),
      true,
    );
    await context.close();
  });

  it("are revealed by one call with a reason, told in the ledger at once (check 20)", async () => {
    const { page, context, copied } = await open();
    const calls = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/reveal")) calls.push(request.postDataJSON());
    });
    const before = (await reveals(page)).length;
    await visit(page, `/people/${person.id}?tab=details`);
    await revealButton(page).click();
    const dialog = dialogOf(page);
    const reason = dialog.getByLabel(say("record:reveal.reason"));
    await reason.fill("ab");
    await dialog.getByRole("button", { name: say("record:reveal.confirm"), exact: true }).click();
    await dialog.getByText(like("record:reveal.short")).waitFor();
    assert.equal(await reason.getAttribute("aria-invalid"), "true");
    assert.deepEqual(calls, []);
    const why = `Weryfikacja tożsamości ${Date.now()}`;
    await reason.fill(why);
    await dialog.getByRole("button", { name: say("record:reveal.confirm"), exact: true }).click();
    await fieldOf(page).getByText(value).waitFor();
    await fieldOf(page).getByText(like("record:reveal.left")).waitFor();
    const events = await reveals(page);
    assert.equal(events.length, before + 1);
    assert.deepEqual(calls, [{ field: "pesel", reason: why }]);
    assert.equal(copied.length, 0, "nothing is copied unasked");
    assert.equal(events[0].user.id, reader.id);
    // Told on the page itself too: who has seen it.
    await page.getByRole("tab", { name: say("record:tabs.access") }).click();
    const seen = page.locator("main section").filter({ has: page.getByText(say("record:access.seen")) });
    await seen
      .getByRole("listitem")
      .filter({ hasText: say("events:act.field.reveal") })
      .filter({ hasText: reader.name })
      .first()
      .waitFor();
    // However much pages have asked for since.
    await page.evaluate(() => Promise.all(Array.from({ length: 60 }, () => fetch("/api/v1/me/preferences"))));
    await visit(page, "/account?tab=history&only=reveals");
    await page.getByRole("listitem").filter({ hasText: why }).first().waitFor();

    const auditor = await enter(browser, "auditor");
    await visit(auditor.page, `/ledger?record=${person.id}&act=field.reveal`);
    const row = auditor.page
      .getByRole("listitem")
      .filter({ hasText: say("events:act.field.reveal") })
      .first();
    await row.getByText(reader.name).waitFor();
    await row.getByRole("button", { name: like("ledger:detailOf") }).click();
    await row.getByText(why).first().waitFor();
    assert.ok(!(await auditor.page.content()).includes(value));
    await auditor.context.close();
    await context.close();
  });

  it("are masked again after half a minute, by hand, and after leaving", async () => {
    const { page, context } = await open();
    await page.clock.install();
    await visit(page, `/people/${person.id}?tab=details`);
    await reveal(page);
    await page.clock.fastForward(15_000);
    await fieldOf(page).getByText(value).waitFor();
    await page.clock.fastForward(16_000);
    await revealButton(page).waitFor();
    await goneFrom(page, "after half a minute");

    await reveal(page);
    await fieldOf(page)
      .getByRole("button", { name: say("record:reveal.hide") })
      .click();
    await revealButton(page).waitFor();
    await goneFrom(page, "by hand");

    await reveal(page);
    await page.getByRole("tab", { name: say("record:tabs.access") }).click();
    await page.waitForURL(/tab=access/);
    await goneFrom(page, "on another tab");
    await page.getByRole("tab", { name: say("record:tabs.details") }).click();
    await revealButton(page).waitFor();
    await goneFrom(page, "back on the tab");

    await reveal(page);
    await page.getByRole("link", { name: "Osoby", exact: true }).click();
    await page.getByRole("heading", { name: "Osoby", level: 1 }).waitFor();
    await goneFrom(page, "on another page");
    await page.goBack();
    await revealButton(page).waitFor();
    await goneFrom(page, "after Back");
    await context.close();
  });

  it("are neither filtered nor sorted by", async () => {
    const { page, context } = await open();
    await visit(page, "/people");
    await page.getByRole("button", { name: say("list:filter.add") }).click();
    await page.getByRole("combobox", { name: say("list:filter.field") }).fill("e");
    await page.getByRole("option", { name: "E-mail", exact: true }).waitFor();
    assert.equal(await page.getByRole("option", { name: "PESEL" }).count(), 0);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: say("list:columns.title") }).click();
    await page.getByRole("checkbox", { name: "E-mail", exact: true }).waitFor();
    assert.equal(await page.getByRole("checkbox", { name: "PESEL" }).count(), 0);
    assert.equal(await page.getByRole("columnheader", { name: "PESEL" }).count(), 0);
    for (const query of [`filter=pesel:eq:${value}`, "filter=pesel:filled:true", "sort=pesel"])
      assert.equal((await api(page, "GET", `/people?${query}`)).status, 422, query);
    await context.close();
  });

  it("stay masked for who may not reveal: no button, and a refusal that names whom to ask", async () => {
    const { page, context } = await enter(browser, "seller");
    await visit(page, `/people/${person.id}?tab=details`);
    await fieldOf(page).waitFor();
    assert.equal(await page.getByRole("button", { name: like("record:reveal.button") }).count(), 0);
    assert.ok(!(await page.content()).includes(value));
    const { status, body } = await api(page, "POST", `/people/${person.id}/reveal`, {
      body: { field: "pesel", reason: "Weryfikacja tożsamości" },
    });
    assert.equal(status, 403);
    assert.deepEqual(body.missing, { action: "reveal", entity: "person" });
    assert.ok(body.ask.some((one) => one.name === "Robert Szymański"));
    await context.close();
  });
});

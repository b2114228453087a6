// Rights: what is taken away is gone at once, what is refused says what is missing and whom to ask, and who
// administers sees numbers, not records.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, CAST, enter, listening, tick, visit } from "../lib.mjs";
import { changeUser, like, makeRole, makeUser, say } from "../made.mjs";
import { office } from "../office.mjs";

const { browser, admin, seller } = await office();

const rows = (page) => page.locator("tbody tr[data-index]");
const notFound = (page) => page.getByRole("heading", { name: say("common:notFound.title"), level: 1 });

describe("rights", () => {
  it("that are taken away close the open list at once, and nothing that was read stays", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const { page, context } = await enter(browser, user.login);
    await visit(page, "/people");
    await rows(page).first().waitFor();
    const names = await rows(page).locator("a[data-focus]").allInnerTexts();
    await listening(page);
    let loads = 0;
    page.on("load", () => loads++);
    await changeUser(admin.page, user.id, { roles: [] });
    const refused = page.getByText(say("common:noAccess.title")).first();
    await refused.waitFor({ timeout: 30_000 });
    const text = await page.content();
    assert.ok(!names.some((name) => text.includes(name)));
    await page.getByRole("link", { name: "Osoby", exact: true }).waitFor({ state: "detached" });
    // Back and forth brings nothing out of a memory.
    await page.getByRole("link", { name: say("common:nav.home"), exact: true }).click();
    await page.waitForURL((url) => url.pathname === "/");
    await page.goBack();
    await refused.waitFor();
    assert.equal(loads, 0, "without a reload");
    assert.ok([403, 404].includes((await api(page, "GET", "/people")).status));

    await changeUser(admin.page, user.id, { roles: [seller] });
    await rows(page).first().waitFor({ timeout: 30_000 });
    await context.close();
  });

  it("to a record that are taken away close its page", async () => {
    const user = await makeUser(admin.page, { roles: [seller] });
    const { page, context } = await enter(browser, user.login);
    const { body } = await api(page, "GET", "/people?limit=1");
    const [person] = body.items;
    await visit(page, `/people/${person.id}?tab=details`);
    await page.getByRole("heading", { name: person.fields.name, level: 1 }).waitFor();
    await listening(page, person.id);
    await changeUser(admin.page, user.id, { roles: [] });
    await notFound(page).waitFor({ timeout: 30_000 });
    assert.ok(!(await page.content()).includes(person.fields.last_name));
    await context.close();
  });

  it("to a field that are taken away hide it where it stands", async () => {
    const rights = (fields) => ({
      entities: { person: { scopes: { read: "team" }, level: "read", special: null, trade: null, fields } },
    });
    const role = await makeRole(admin.page, rights({}));
    const user = await makeUser(admin.page, { roles: [role.id] });
    const { page, context } = await enter(browser, user.login);
    const { body } = await api(page, "GET", "/people?limit=50&filter=email:filled:true");
    const person = body.items[0];
    await visit(page, `/people/${person.id}?tab=details`);
    await page.getByText(person.fields.email).first().waitFor();
    await listening(page, person.id);
    const { id, built_in: _, version, ...old } = role;
    const put = await api(admin.page, "PUT", `/roles/${id}`, {
      body: { ...old, ...rights({ email: "hidden" }) },
      version,
    });
    assert.equal(put.status, 200, put.text);
    await page.locator("[data-field='email']").waitFor({ state: "detached", timeout: 30_000 });
    assert.ok(!(await page.content()).includes(person.fields.email));
    await page.locator("[data-field='last_name']").waitFor();
    await context.close();
  });

  it("that are missing are named, with whom to ask", async () => {
    const marketing = await enter(browser, "marketing");
    await visit(marketing.page, "/deals");
    await marketing.page
      .getByText(say("common:noAccess.title"))
      .or(notFound(marketing.page))
      .first()
      .waitFor();
    assert.equal(
      await marketing.page.getByRole("link", { name: "Szanse sprzedaży", exact: true }).count(),
      0,
    );
    const deals = await api(marketing.page, "GET", "/deals");
    assert.equal(deals.status, 403);
    assert.deepEqual(deals.body.missing, { action: "read", entity: "deal" });
    // A page that the server refuses shows the server's words.
    await visit(marketing.page, "/ledger");
    await marketing.page.getByText(say("common:noAccess.title")).first().waitFor();
    const ledger = await api(marketing.page, "GET", "/ledger/events");
    assert.equal(ledger.status, 403);
    assert.deepEqual(ledger.body.missing, { action: "read", thing: "ledger" });
    await marketing.page.getByText(ledger.body.detail).first().waitFor();
    for (const { name } of ledger.body.ask)
      await marketing.page.getByRole("listitem").filter({ hasText: name }).first().waitFor();
    await marketing.context.close();

    const one = await enter(browser, "seller");
    await visit(one.page, "/people");
    await rows(one.page).first().waitFor();
    const exporting = one.page.getByRole("button", { name: say("list:export.button") });
    assert.equal(await exporting.count(), 0);
    await tick(rows(one.page).first().getByRole("checkbox"));
    await one.page.getByRole("region", { name: say("list:bulk.title") }).waitFor();
    assert.equal(await exporting.count(), 0, "nor of what is chosen");
    for (const [method, path, body] of [
      ["GET", "/people/export"],
      ["POST", "/people/export", { format: "csv" }],
    ]) {
      const answer = await api(one.page, method, path, { body });
      assert.equal(answer.status, 403, `${method} ${answer.text.slice(0, 200)}`);
      assert.deepEqual(answer.body.missing, { action: "export", entity: "person" });
      assert.ok(answer.body.ask.some((who) => who.name === "Robert Szymański"));
    }
    await one.context.close();
  });

  it("of another are shown in numbers and levels, and no record is opened for it", async () => {
    const { page } = admin;
    const { body: users } = await api(page, "GET", "/users");
    const { id } = users.items.find((user) => user.login === CAST.seller);
    const mark = (await api(page, "GET", "/me/events?limit=1")).body.items[0].seq;
    await visit(page, `/admin/users/${id}?tab=view`);
    const { body: view } = await api(page, "GET", `/users/${id}/view`);
    const { body: entities } = await api(page, "GET", "/entities");
    for (const one of view.entities) {
      const { label_plural } = entities.items.find((e) => e.name === one.entity);
      const panel = page
        .locator("section, [class*='panel']")
        .filter({ has: page.getByRole("heading", { name: label_plural.pl, exact: true }) })
        .last();
      await panel.waitFor();
      const number = new Intl.NumberFormat("pl", { useGrouping: "always" }).format(one.count);
      const text = (await panel.innerText()).replace(/\s/g, " ");
      assert.ok(text.includes(` ${number.replace(/\s/g, " ")} `), `${one.entity}: ${number} in ${text}`);
      for (const level of ["write", "read", "masked", "hidden"]) {
        const fields = Object.values(one.levels).filter((found) => found === level).length;
        const said = panel.locator("summary").filter({ hasText: like(`admin:fields.${level}`) });
        assert.equal(await said.count(), fields > 0 ? 1 : 0, `${one.entity} ${level}`);
        if (fields > 0) assert.ok((await said.innerText()).includes(String(fields)));
      }
    }
    const { body: events } = await api(page, "GET", "/me/events?limit=50");
    const acts = events.items.filter((event) => event.seq > mark).map((event) => event.act);
    assert.ok(acts.includes("access.explain"));
    assert.deepEqual(
      acts.filter((act) => act.startsWith("record.")),
      [],
    );
  });
});

// Letters with links, where mail leaves: an invitation, a forgotten password, another address.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, CAST, enter, eventually, launch, settle, signIn, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { startMail, startOwn } from "../own.mjs";
import { seen } from "../seen.mjs";

const [FIRST, SECOND] = ["cztery-gruszki-na-dachu", "siedem-wiader-w-piwnicy"];

let mail;
let server;
let browser;
let admin;
before(async () => {
  mail = await startMail();
  server = await startOwn(() => mail.settings);
  browser = await launch();
  admin = await enter(browser, "admin");
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await mail?.stop();
});

const nobody = () => enter(browser, null);

async function choose(page, link, password) {
  await page.goto(link);
  await page.locator("input[autocomplete='new-password']").fill(password);
  await page.getByRole("button", { name: say("common:link.button") }).click();
  await page.getByText(say("common:link.done")).waitFor();
}

/** Somebody who was invited by a letter, which confirms the address, and has signed in. */
async function somebody() {
  const { page } = admin;
  const { body: users } = await api(page, "GET", "/users");
  const { team } = users.items.find((user) => user.login === CAST.seller);
  const login = `listowa.${unique()}`;
  const email = `${login}@firma.example`;
  const body = { login, name: `Listowa ${login.slice(8)}`, email, lang: "pl", team, roles: [], invite: {} };
  const made = await api(page, "POST", "/users", { body });
  assert.equal(made.status, 201, made.text);
  assert.deepEqual([made.body.invitation.mailed, made.body.invitation.link], [true, undefined]);
  const link = await mail.link(email);
  const theirs = await nobody();
  await choose(theirs.page, link, FIRST);
  await signIn(theirs.page, login, FIRST);
  return { login, email, id: made.body.id, ...theirs };
}

/** Asks for another password, as anybody can; answers what the page said. */
async function forget(page, login) {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: say("common:forgotten.title") }).press("Enter");
  await page.waitForURL(/\/forgotten/);
  await page.getByLabel(say("common:signIn.login"), { exact: true }).fill(login);
  await page.keyboard.press("Enter");
  await page.getByText(say("common:forgotten.done")).waitFor();
  return page.getByRole("main").innerText();
}

describe("letters", () => {
  it("invite: the dialog says where the letter went, and shows no link", async () => {
    const { page } = admin;
    const user = await somebody();
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:invitation.instead") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("admin:invitation.insteadSend") }).click();
    await dialog.getByText(say("admin:user.mailed", { email: user.email })).waitFor();
    assert.equal(await dialog.locator("input").count(), 0);
    await seen(page, "invited-by-letter");
    await dialog
      .getByRole("button", { name: say("common:close") })
      .last()
      .click();
    const link = await mail.link(user.email);
    await choose(user.page, link, SECOND);
    await signIn(user.page, user.login, SECOND);
    await user.context.close();
  });

  it("bring whoever forgot a password to another one, and say nothing of who exists", async () => {
    const user = await somebody();
    const { page, context, faults } = await nobody();
    await page.goto("/forgotten");
    await settle(page);
    await seen(page, "forgotten");
    const theirs = await forget(page, user.login);
    await seen(page, "forgotten-done");
    const others = [await forget(page, "nikogo.takiego"), await forget(page, CAST.seller)];
    assert.deepEqual(others, [theirs, theirs]);
    const link = await mail.link(user.email);
    await page.goto(link);
    await settle(page);
    await page.getByRole("heading", { name: say("common:link.title"), level: 1 }).waitFor();
    await page.getByText(user.login).first().waitFor();
    await seen(page, "reset");
    await choose(page, link, SECOND);
    // Whoever knew the old one is out, and it opens nothing any more.
    assert.equal((await api(user.page, "GET", "/me")).status, 401);
    await page.getByRole("link", { name: say("common:link.toSignIn") }).click();
    await signIn(page, user.login, SECOND);
    assert.equal((await api(page, "GET", "/me")).body.user.login, user.login);
    assert.equal(
      mail.waiting(`${CAST.seller}@klucznik.example`),
      0,
      "no letter to an address never confirmed",
    );
    assert.deepEqual(faults, []);
    await context.close();
  });

  const NEW = () => `inna.${unique()}@firma.example`;

  /** Asks for another address on the page of one's account. */
  async function change(page, to) {
    await visit(page, "/account");
    await page.getByRole("button", { name: say("account:address.change") }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("account:address.new")).fill(to);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByText(like("account:address.pending")).waitFor();
  }

  it("confirm another address, which the account page shows then", async () => {
    const user = await somebody();
    const to = NEW();
    const { page } = user;
    await visit(page, "/account");
    await page.getByText(say("account:address.confirmed")).waitFor();
    await page.getByRole("button", { name: say("account:address.change") }).click();
    const dialog = page.getByRole("dialog");
    const wanted = dialog.getByLabel(say("account:address.new"));
    await wanted.fill("to nie jest adres");
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").waitFor();
    assert.equal(
      await wanted.getAttribute("aria-invalid"),
      "true",
      "in the language of the page, at the field",
    );
    await seen(page, "address-change");
    await page.keyboard.press("Escape");
    await change(page, to);
    await page.getByText(to).first().waitFor();
    await page.getByText(user.email, { exact: true }).waitFor();
    await seen(page, "address-pending");
    const link = await mail.link(to);
    const old = await mail.link(user.email);
    const there = await nobody();
    await there.page.goto(link);
    await settle(there.page);
    await there.page.getByRole("heading", { name: say("common:address.title"), level: 1 }).waitFor();
    await seen(there.page, "address-confirm");
    await there.page.getByRole("button", { name: say("common:address.confirm") }).press("Enter");
    await there.page.getByText(say("common:address.awaitsOld")).waitFor();
    await seen(there.page, "address-awaits-old");
    await visit(page, "/account");
    await page.getByText(say("account:address.newConfirmed")).waitFor();
    await page.getByText(say("account:address.old.awaited")).waitFor();
    await seen(page, "address-half");
    await there.page.goto("/sign-in");
    await there.page.goto(old);
    await settle(there.page);
    await there.page.getByRole("heading", { name: say("common:address.oldTitle"), level: 1 }).waitFor();
    await seen(there.page, "address-agree");
    await there.page.getByRole("button", { name: say("common:address.agree") }).press("Enter");
    await there.page.getByText(say("common:address.confirmed")).waitFor();
    await seen(there.page, "address-confirmed");
    await there.context.close();
    await visit(page, "/account");
    await page.getByText(to, { exact: true }).waitFor();
    assert.equal(await page.getByText(like("account:address.pending")).count(), 0);
    await seen(page, "address-new");
    await user.context.close();
  });

  it("of another address that an administrator asks for go to both, and who lost one is helped by a second person", async () => {
    const user = await somebody();
    const to = NEW();
    const { page } = admin;
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("textbox", { name: say("admin:user.email"), exact: true }).fill(to);
    await page.getByRole("button", { name: say("common:save"), exact: true }).press("Enter");
    await page.getByText(say("admin:emailChange.title", { email: to })).waitFor();
    await page.getByText(say("admin:emailChange.old.awaited")).waitFor();
    await seen(page, "email-change");
    const link = await mail.link(to);
    await mail.link(user.email);
    await visit(user.page, "/account");
    await user.page.getByRole("button", { name: say("account:address.lost") }).press("Enter");
    const dialog = user.page.getByRole("dialog");
    await seen(user.page, "address-lost");
    await dialog.getByRole("button", { name: say("account:address.lost") }).press("Enter");
    await dialog.waitFor({ state: "hidden" });
    // The organisation of the journeys is new, and nobody has managed users for a week: there is no second person.
    await user.page.getByText(say("account:address.old.settled")).waitFor();
    await seen(user.page, "address-settled");
    const there = await nobody();
    await there.page.goto(link);
    await there.page.getByRole("button", { name: say("common:address.confirm") }).press("Enter");
    await there.page.getByText(say("common:address.confirmed")).waitFor();
    await there.context.close();
    await visit(user.page, "/account");
    await user.page.getByText(to, { exact: true }).waitFor();
    await user.context.close();
  });

  it("can be refused at the address to come, and nothing changes", async () => {
    const user = await somebody();
    const to = NEW();
    await change(user.page, to);
    const link = await mail.link(to);
    const there = await nobody();
    await there.page.goto(link);
    await there.page.getByRole("button", { name: say("common:address.refuseNew") }).press("Enter");
    await there.page.getByText(say("common:address.refusedNew")).waitFor();
    await there.context.close();
    await visit(user.page, "/account");
    await user.page.getByText(user.email, { exact: true }).waitFor();
    assert.equal(await user.page.getByText(to).count(), 0);
    await user.context.close();
  });

  it("refuse a change from the old address, before and after the other confirmed it", async () => {
    for (const confirmed of [false, true]) {
      const user = await somebody();
      const to = NEW();
      await change(user.page, to);
      const confirm = await mail.link(to);
      const refuse = await mail.link(user.email);
      const there = await nobody();
      if (confirmed) {
        await there.page.goto(confirm);
        await there.page.getByRole("button", { name: say("common:address.confirm") }).click();
        await there.page.getByText(say("common:address.awaitsOld")).waitFor();
      }
      await there.page.goto("/sign-in");
      await there.page.goto(refuse);
      await settle(there.page);
      await there.page.getByText(to).first().waitFor();
      if (!confirmed) await seen(there.page, "address-refuse");
      await there.page.getByRole("button", { name: say("common:address.refuse") }).press("Enter");
      await there.page.getByText(say("common:address.refused")).waitFor();
      if (!confirmed) await seen(there.page, "address-refused");
      // Whoever asked for it is out; the password is as it was, and so is the address.
      assert.equal((await api(user.page, "GET", "/me")).status, 401);
      await signIn(user.page, user.login, FIRST);
      await visit(user.page, "/account");
      await user.page.getByText(user.email, { exact: true }).waitFor();
      assert.equal(await user.page.getByText(to).count(), 0);
      await there.page.goto("/sign-in");
      await there.page.goto(confirm);
      await there.page.getByRole("alert").waitFor();
      await there.context.close();
      await user.context.close();
    }
  });

  it("are taken back by who asked, and their link is good no more", async () => {
    const user = await somebody();
    const to = NEW();
    await change(user.page, to);
    const link = await mail.link(to);
    await user.page.getByRole("button", { name: say("account:address.withdraw") }).press("Enter");
    await user.page.getByText(say("account:address.withdrawn")).waitFor();
    assert.equal(await user.page.getByText(like("account:address.pending")).count(), 0);
    const there = await nobody();
    await there.page.goto(link);
    await there.page.getByRole("alert").waitFor();
    await eventually(async () =>
      assert.equal(await there.page.getByRole("button", { name: say("common:address.confirm") }).count(), 0),
    );
    await there.context.close();
    await user.context.close();
  });
});

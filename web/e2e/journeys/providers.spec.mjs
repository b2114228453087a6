// Single sign-on: through a provider as others write it, and back.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, CAST, enter, eventually, launch, PASSWORD, settle, tick, visit } from "../lib.mjs";
import { makeUser, roleId, say, unique } from "../made.mjs";
import { signOnSettings, startOwn, startProvider } from "../own.mjs";
import { seen } from "../seen.mjs";

const LABEL = "Konto firmowe";

let provider;
let back;
let server;
let browser;
let admin;
let seller;
/** The account of somebody who signs in by it alone. */
let linked;
before(async () => {
  // The program says where its providers have to send browsers back to, so it knows one before that one runs.
  server = await startOwn((folder) => signOnSettings(folder, "http://127.0.0.1:1"));
  browser = await launch();
  admin = await enter(browser, "admin");
  const { body } = await api(admin.page, "GET", "/sign-on/settings");
  back = body.providers[0].redirect;
  provider = await startProvider(back);
  await server.again(signOnSettings(server.folder, provider.issuer));
  seller = await roleId(admin.page, "seller");
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await provider?.stop();
});

const button = (page) => page.getByRole("button", { name: say("common:signOn.with", { label: LABEL }) });

/**
 * What the person does at the provider: signs in under this name and agrees; then the browser is back. What is wrong on
 * its pages, which want a font from elsewhere, is not ours. Who agreed before in this browser is not asked again.
 */
async function atProvider({ page, faults }, name) {
  await page.waitForURL((url) => url.href.startsWith(provider.issuer));
  await page.locator("input[name='login']").fill(name);
  await page.locator("input[name='password']").fill("x");
  await page.locator("button[type='submit']").click();
  // A window that was opened for this may be gone as soon as it is back.
  const back = page
    .waitForURL((url) => url.href.startsWith(server.url))
    .catch((error) => assert.ok(page.isClosed(), error));
  const agree = page.getByRole("button", { name: "Continue" });
  const agreed = agree.waitFor().then(() => agree.click());
  await Promise.race([back, agreed.catch(() => {})]);
  await back;
  const ours = faults.filter((fault) => !fault.includes("ERR_NAME_NOT_RESOLVED"));
  faults.splice(0, faults.length, ...ours);
}

/** The id of the session that a page is in. */
const present = async (page) => (await api(page, "GET", "/sessions")).body.items.find((s) => s.current).id;

const me = async (page) => (await api(page, "GET", "/me")).body.user?.login;

/** Fills in a token and sends it, which asks the user to confirm to be there: the form, and the question. */
async function askForToken(page, label) {
  await visit(page, "/account?tab=tokens");
  await page
    .getByRole("button", { name: say("account:tokens.add") })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: say("account:tokens.add") });
  await dialog.getByLabel(say("account:tokens.label")).fill(label);
  await tick(dialog.getByRole("checkbox", { name: `Osoby: ${say("admin:action.read")}`, exact: true }));
  await dialog.getByRole("button", { name: say("account:tokens.add") }).click();
  return { dialog, asked: page.getByRole("dialog", { name: say("factors:stepUp.title") }) };
}

/** Links an account of the provider to a user, as an administrator does on the user's page. */
async function link(user, subject) {
  const { page } = admin;
  await visit(page, `/admin/users/${user.id}`);
  await page.getByRole("button", { name: say("admin:accounts.link"), exact: true }).press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog
    .getByRole("textbox", { name: new RegExp(`^${say("admin:accounts.subject").replace(/[()]/g, "\\$&")}`) })
    .fill(subject);
  await seen(page, "account-link");
  await page.keyboard.press("Enter");
  await page.getByText(say("admin:accounts.linked")).waitFor();
  await page.getByRole("row").filter({ hasText: subject }).waitFor();
}

describe("single sign-on", () => {
  it("leads to the provider and back to the page that was asked for, until the account is unlinked", async () => {
    const subject = `pracownik-${unique()}`;
    const user = await makeUser(admin.page, { roles: [seller] });
    await link(user, subject);
    await seen(admin.page, "account-linked");
    const { page, context, faults } = await enter(browser, null);
    await page.goto("/people");
    await page.waitForURL(/\/sign-in/);
    await button(page).waitFor();
    await seen(page, "sign-in-providers");
    await button(page).press("Enter");
    await atProvider({ page, faults }, subject);
    await page.waitForURL(/\/people$/);
    await settle(page);
    assert.equal(await me(page), user.login);
    await visit(page, "/account?tab=security");
    await page.getByRole("row").filter({ hasText: subject }).waitFor();
    await seen(page, "account-own-accounts");

    await admin.page.getByRole("button", { name: say("admin:accounts.unlink") }).press("Enter");
    const dialog = admin.page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("admin:accounts.unlink") }).waitFor();
    await seen(admin.page, "account-unlink");
    await dialog.getByRole("button", { name: say("admin:accounts.unlink") }).click();
    await admin.page.getByText(say("admin:accounts.none")).waitFor();
    assert.equal((await api(page, "GET", "/me")).status, 401, "what was signed in by it has ended");
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("says to whoever is known to nobody here what to do, and leads back", async () => {
    const { page, context, faults } = await enter(browser, null);
    await page.goto("/sign-in");
    await button(page).click();
    await atProvider({ page, faults }, `obca-${unique()}`);
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), /zaproszenie|invitation/);
    assert.equal(new URL(page.url()).search, "", "what the provider said does not stay in the address");
    await seen(page, "sign-on-stranger");
    assert.equal((await api(page, "GET", "/me")).status, 401);
    await page.getByRole("link", { name: say("common:link.toSignIn") }).press("Enter");
    await page.waitForURL(/\/sign-in/);
    await button(page).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("that is broken off at the provider, or made up, says so and leads back", async () => {
    for (const query of ["error=access_denied&state=x", "code=x&state=y", ""]) {
      const { page, context } = await enter(browser, null);
      await page.goto(`${new URL(back).pathname}?${query}`);
      await page.getByRole("alert").waitFor();
      if (query.startsWith("error")) await seen(page, "sign-on-broken-off");
      await page.getByRole("link", { name: say("common:link.toSignIn") }).waitFor();
      await context.close();
    }
  });

  it("begins by an invitation, which links the account that it is used with", async () => {
    const { body: users } = await api(admin.page, "GET", "/users");
    const { team } = users.items.find((user) => user.login === CAST.seller);
    const login = `nowa.${unique()}`;
    const body = { login, name: `Nowa ${login}`, email: `${login}@firma.example`, lang: "pl", team };
    const made = await api(admin.page, "POST", "/users", { body: { ...body, roles: [seller], invite: {} } });
    assert.equal(made.status, 201, made.text);
    const { page, context, faults } = await enter(browser, null);
    await page.goto(made.body.invitation.link);
    await button(page).waitFor();
    await seen(page, "invitation-provider");
    await button(page).click();
    const subject = `pracownik-${unique()}`;
    await atProvider({ page, faults }, subject);
    await page.waitForURL((url) => url.pathname === "/");
    await settle(page);
    assert.equal(await me(page), login);
    await context.close();
    // From now on the account at the provider is enough, and the link is spent.
    const again = await enter(browser, null);
    await again.page.goto("/sign-in");
    await button(again.page).click();
    await atProvider(again, subject);
    await settle(again.page);
    assert.equal(await me(again.page), login);
    await again.page.goto(made.body.invitation.link);
    await again.page.getByRole("alert").waitFor();
    await again.context.close();
    assert.deepEqual(faults, []);
  });

  it("is shown to administrators as the operator set it up", async () => {
    await visit(admin.page, "/admin/sign-on");
    await admin.page.getByText(provider.issuer).waitFor();
    await seen(admin.page, "sign-on-settings");
  });

  it("is confirmed in a window of its own, and what was typed into the page stays", async () => {
    linked = `pracownik-${unique()}`;
    const user = await makeUser(admin.page, { roles: [seller] });
    await link(user, linked);
    const another = "Inne konto";
    const how = { only: true, emergency: CAST.admin, another };
    await server.again(signOnSettings(server.folder, provider.issuer, how));
    const { page, context, faults } = await enter(browser, null);
    await page.goto("/sign-in");
    const other = say("common:signOn.with", { label: another });
    await page.getByRole("button", { name: other }).waitFor();
    await button(page).click();
    await atProvider({ page, faults }, linked);
    await page.waitForURL((url) => url.pathname === "/");
    await settle(page);
    const session = await present(page);

    const label = `Raporty ${unique()}`;
    const { dialog, asked } = await askForToken(page, label);
    await asked.getByText(say("factors:stepUp.provider")).waitFor();
    assert.equal(await asked.getByRole("button", { name: other }).count(), 0, "there is no account there");
    await seen(page, "step-up-provider");

    // Somebody else at the provider changes nothing here, and says so in that window.
    const open = async () => {
      const [there] = await Promise.all([
        context.waitForEvent("page"),
        asked.getByRole("button", { name: say("common:signOn.with", { label: LABEL }) }).click(),
      ]);
      await there.locator("input[name='login']").waitFor();
      assert.equal(
        await there.evaluate(() => window.opener),
        null,
        "the provider reaches nothing of the page",
      );
      return there;
    };
    const wrong = await open();
    await asked.getByText(say("factors:stepUp.waits")).waitFor();
    await seen(page, "step-up-provider-waits");
    await atProvider({ page: wrong, faults }, `obca-${unique()}`);
    await wrong.getByRole("alert").waitFor();
    await wrong.getByText(say("factors:confirmed.back")).waitFor();
    await seen(wrong, "step-up-provider-other");
    assert.equal(await me(wrong), user.login);
    await wrong.close();
    await asked.getByText(say("factors:stepUp.waits")).waitFor();

    const there = await open();
    await atProvider({ page: there, faults }, linked);
    await dialog.getByLabel(say("account:tokens.secret"), { exact: true }).waitFor();
    assert.match(
      await dialog.getByLabel(say("account:tokens.secret"), { exact: true }).inputValue(),
      /^klk_/,
    );
    // The window closes itself, or says that it may be closed where the browser does not let it.
    await eventually(async () => {
      const over = there.isClosed() || (await there.getByText(say("factors:confirmed.text")).isVisible());
      assert.ok(over, "the window says that it is over");
    });
    if (!there.isClosed()) await seen(there, "step-up-provider-confirmed");
    assert.equal(await present(page), session, "the session went on");
    const { body } = await api(page, "GET", "/sessions");
    assert.ok(body.items.some((one) => one.label === label));
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is confirmed in the same window where the browser opens no other, which is said before", async () => {
    const { page, context, faults } = await enter(browser, null);
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await page.goto("/sign-in");
    await button(page).click();
    await atProvider({ page, faults }, linked);
    await page.waitForURL((url) => url.pathname === "/");
    await settle(page);
    const session = await present(page);
    const { asked } = await askForToken(page, "Raporty");
    const go = asked.getByRole("button", { name: say("common:signOn.with", { label: LABEL }) });
    await go.click();
    await asked.getByRole("alert").waitFor();
    await seen(page, "step-up-provider-blocked");
    await go.click();
    await atProvider({ page, faults }, linked);
    await page.waitForURL(/\/account\?tab=tokens$/);
    await settle(page);
    assert.equal(await present(page), session, "the session went on");
    // A window that nobody waits for goes on by itself.
    await page.goto("/confirmed");
    await page.waitForURL((url) => url.pathname === "/");
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("where it is the only way, leaves the emergency account a password", async () => {
    await server.again(signOnSettings(server.folder, provider.issuer, { only: true, emergency: CAST.admin }));
    const { page, context } = await enter(browser, null);
    await page.goto("/sign-in");
    await button(page).waitFor();
    assert.equal(await page.locator("input").count(), 0);
    await seen(page, "sign-in-only");
    await page.getByRole("button", { name: say("common:signOn.emergency") }).press("Enter");
    const [name, password] = [
      page.locator("input[autocomplete^='username']"),
      page.locator("input[autocomplete='current-password']"),
    ];
    await name.fill(CAST.seller);
    await password.fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await seen(page, "sign-in-only-refused");
    await name.fill(CAST.admin);
    await password.fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    await settle(page);
    assert.equal(await me(page), CAST.admin);
    await context.close();
  });

  it("makes a user of somebody new where the settings say so, who has no password and is offered none", async () => {
    const makesIn = (await api(admin.page, "GET", "/teams")).body.items[0].name;
    const how = { only: true, emergency: CAST.admin, makesIn };
    await server.again(signOnSettings(server.folder, provider.issuer, how));
    const { page, context, faults } = await enter(browser, null);
    await page.goto("/sign-in");
    await button(page).click();
    await atProvider({ page, faults }, `pracownik-${unique()}`);
    await page.waitForURL((url) => url.pathname === "/");
    await settle(page);
    const { body } = await api(page, "GET", "/me");
    assert.deepEqual([body.user.login, body.has_password], ["anna.nowa", false]);
    await visit(page, "/account?tab=password");
    assert.equal(await page.getByRole("tab", { name: say("account:tab.password") }).count(), 0);
    await visit(page, "/account?tab=security");
    await page.getByText(say("account:accounts.alone", { at: LABEL })).waitFor();
    await seen(page, "account-provider-alone");
    await context.close();

    const help = await enter(browser, null);
    await help.page.goto("/sign-in");
    await help.page.getByRole("button", { name: say("common:signOn.emergency") }).click();
    await help.page.locator("input[autocomplete^='username']").fill(CAST.admin);
    await help.page.locator("input[autocomplete='current-password']").fill(PASSWORD);
    await help.page.keyboard.press("Enter");
    await help.page.waitForURL((url) => url.pathname === "/");
    await visit(help.page, "/admin/users");
    const at = say("admin:user.signsInAt", { at: LABEL });
    await help.page.getByText(at).first().waitFor();
    await visit(help.page, "/admin/sign-on");
    await help.page.getByText("firma.example", { exact: true }).waitFor();
    await help.context.close();
    assert.deepEqual([...faults, ...help.faults], []);
  });
});

// Invitations where no mail leaves: an administrator hands a link over, and a password is chosen by it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, CAST, enter, PASSWORD, settle, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const CHOSEN = "cztery-gruszki-na-dachu";

const { browser, admin, seller } = await office();

/** Somebody without a password, and where a link leads. */
async function invited() {
  const { body: users } = await api(admin.page, "GET", "/users");
  const { team } = users.items.find((user) => user.login === CAST.seller);
  const login = `nowa.${unique()}`;
  const body = {
    login,
    name: `Nowa ${login.slice(5)}`,
    email: `${login}@klucznik.example`,
    lang: "pl",
    team,
  };
  const made = await api(admin.page, "POST", "/users", { body: { ...body, roles: [seller], invite: {} } });
  assert.equal(made.status, 201, made.text);
  const { pathname, hash } = new URL(made.body.invitation.link);
  return { user: made.body, link: `${pathname}${hash}` };
}

const password = (page) => page.locator("input[autocomplete='new-password']");
const set = (page) => page.getByRole("button", { name: say("common:link.button") });

describe("an invitation", () => {
  it("is shown once to the administrator who makes it, and copied by the keyboard", async () => {
    const { page } = admin;
    const user = await makeUser(page, { roles: [seller] });
    await visit(page, `/admin/users/${user.id}`);
    await page.getByRole("button", { name: say("admin:invitation.instead") }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(like("admin:invitation.insteadText")).waitFor();
    await seen(page, "invite-instead");
    await dialog.getByRole("button", { name: say("admin:invitation.insteadSend") }).press("Enter");
    const shown = dialog.getByLabel(say("admin:user.link"), { exact: true });
    await shown.waitFor();
    const selected = await shown.evaluate((input) => [
      document.activeElement === input,
      input.value.slice(input.selectionStart, input.selectionEnd) === input.value,
    ]);
    assert.deepEqual(selected, [true, true], "the link has the focus, ready to be copied");
    await seen(page, "invite-once");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page
      .getByText(new RegExp(`^${say("admin:user.is.invited")}`))
      .first()
      .waitFor();
    await seen(page, "invited");
    await page.getByRole("button", { name: say("admin:invitation.withdraw") }).click();
    await dialog.getByRole("button", { name: say("admin:invitation.withdraw") }).click();
    await page.getByText(say("admin:invitation.none")).waitFor();
    await seen(page, "passwordless");
  });

  it("leads to a first password, whose rules are said at the field, and is good once", async () => {
    const { user, link } = await invited();
    const { page, context, faults } = await enter(browser, null);
    await page.goto(link);
    await settle(page);
    await page.getByRole("heading", { name: say("common:link.invitation"), level: 1 }).waitFor();
    await page.getByText(user.login).first().waitFor();
    assert.ok(!page.url().includes("#"), "the secret does not stay in the address");
    await seen(page, "link");
    for (const weak of ["krótkie", user.login.padEnd(15, "1"), "passwordpassword"]) {
      await password(page).fill(weak);
      await set(page).click();
      await page.waitForFunction(() => document.querySelector("[aria-invalid='true']"));
      const told = await password(page).evaluate((input) =>
        (input.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .map((id) => document.getElementById(id)?.innerText),
      );
      assert.ok(
        told.some((text) => text?.length > 10 && text !== say("common:link.help")),
        weak,
      );
    }
    await seen(page, "link-weak");
    await password(page).fill(CHOSEN);
    await password(page).press("Enter");
    await page.getByText(say("common:link.done")).waitFor();
    await seen(page, "link-done");
    // On to sign-in by the keyboard, with the name that was just read.
    await page.getByRole("link", { name: say("common:link.toSignIn") }).press("Enter");
    await page.waitForURL(/\/sign-in/);
    await page.locator("input[autocomplete^='username']").fill(user.login);
    await page.locator("input[autocomplete='current-password']").fill(CHOSEN);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    assert.equal((await api(page, "GET", "/me")).body.user.login, user.login);
    await context.close();

    const late = await enter(browser, null);
    await late.page.goto(link);
    await late.page.getByRole("alert").waitFor();
    assert.equal(await password(late.page).count(), 0, "nothing can be typed");
    await seen(late.page, "link-spent");
    await late.context.close();
    assert.deepEqual(faults, []);
  });

  it("that was withdrawn says the same as one that never was, and so does no link at all", async () => {
    const { user, link } = await invited();
    assert.equal((await api(admin.page, "DELETE", `/users/${user.id}/invitation`)).status, 204);
    const said = [];
    for (const path of [link, `${link.slice(0, -5)}xxxxx`, "/link", "/link#"]) {
      const { page, context } = await enter(browser, null);
      await page.goto(path);
      await page.getByRole("alert").waitFor();
      await page.getByRole("link", { name: say("common:link.toSignIn") }).waitFor();
      said.push(await page.getByRole("main").innerText());
      await context.close();
    }
    assert.equal(new Set(said).size, 1, said.join("\n---\n"));
    const old = await enter(browser, null);
    await old.page.goto("/sign-in");
    await old.page.locator("input[autocomplete^='username']").fill(user.login);
    await old.page.locator("input[autocomplete='current-password']").fill(PASSWORD);
    await old.page.keyboard.press("Enter");
    await old.page.getByRole("alert").waitFor();
    await old.context.close();
  });
});

// Sessions, and what stays in the browser: ended means ended, and nothing personal is kept or shown around.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { api, enter, eventually, fill, PAGES, PASSWORD, settle, signIn, visit } from "../lib.mjs";
import { like, makeUser, say, unique } from "../made.mjs";
import { office } from "../office.mjs";
import { seen } from "../seen.mjs";

const { browser, admin, seller } = await office();

/** Somebody with one session only: ending sessions of the cast would disturb others. */
const somebody = () => makeUser(admin.page, { roles: [seller] });

const login = (page) => page.locator("input[autocomplete^='username']");
const ended = (page) => page.getByText(say("common:signIn.ended"));

async function signInAgain(page, who) {
  await login(page).fill(who);
  await page.locator("input[autocomplete='current-password']").fill(PASSWORD);
  await page.getByRole("button", { name: say("common:signIn.button"), exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

async function aPerson(page) {
  const { body } = await api(page, "GET", "/people?limit=1");
  return body.items[0];
}

describe("sessions", () => {
  it("end another device, which then comes back to where it was (check 23)", async () => {
    const user = await somebody();
    const here = await enter(browser, user.login);
    const there = await enter(browser, user.login);
    const person = await aPerson(there.page);
    await visit(there.page, `/people/${person.id}?tab=details`);
    await visit(here.page, "/account?tab=sessions");
    const rows = here.page
      .getByRole("row")
      .filter({ has: here.page.getByRole("button", { name: like("admin:session.endOf") }) });
    await eventually(async () =>
      assert.equal(await rows.count(), 1, "the session in use is not among those that can be ended here"),
    );
    await rows.getByRole("button", { name: like("admin:session.endOf") }).click();
    const dialog = here.page.getByRole("dialog");
    await dialog.getByRole("button", { name: say("admin:session.endIt") }).click();
    await here.page.getByText(say("account:sessions.ended")).waitFor();
    // Whatever is asked next fails, and all that was read is gone.
    assert.equal((await api(there.page, "GET", "/me")).status, 401);
    await there.page
      .getByRole("tab", { name: say("record:tabs.history") })
      .click({ timeout: 2000 })
      // The server may have told the page before.
      .catch(() => {});
    await ended(there.page).waitFor();
    assert.ok(!(await there.page.content()).includes(person.fields.last_name));
    await signInAgain(there.page, user.login);
    await settle(there.page);
    const { pathname, searchParams } = new URL(there.page.url());
    assert.equal(pathname, `/people/${person.id}`);
    assert.ok(searchParams.get("tab"));
    await there.page.getByRole("heading", { name: person.fields.name, level: 1 }).waitFor();
    await here.context.close();
    await there.context.close();
  });

  it("of a user are seen by administrators, and ended one by one or all at once", async () => {
    const user = await somebody();
    const one = await enter(browser, user.login);
    const two = await enter(browser, user.login);
    const scope = { entities: { person: ["read"] } };
    const ends_at = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, "");
    const body = { label: "Arkusz", scope, networks: [], ends_at };
    const token = await api(one.page, "POST", "/tokens", { body });
    assert.equal(token.status, 201, token.text);
    const { page } = admin;
    await visit(page, `/admin/users/${user.id}?tab=sessions`);
    const rows = page.locator("tbody tr");
    await eventually(async () => assert.equal(await rows.count(), 3));
    await seen(page, "user-sessions");
    await rows
      .filter({ hasText: "Arkusz" })
      .getByRole("button", { name: like("admin:session.revokeOf") })
      .press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(say("admin:session.revokeText")).waitFor();
    await dialog.getByRole("button", { name: say("admin:session.revoke") }).click();
    await eventually(async () => assert.equal(await rows.count(), 2));
    await page.getByRole("button", { name: say("admin:session.endAll") }).click();
    await dialog.getByRole("button", { name: say("admin:session.endAll") }).click();
    await page.getByText(say("admin:session.none")).waitFor();
    await seen(page, "user-sessions-none");
    for (const { page, context } of [one, two]) {
      assert.equal((await api(page, "GET", "/me")).status, 401);
      await context.close();
    }
  });

  it("are ended all but the one in use", async () => {
    const user = await somebody();
    const here = await enter(browser, user.login);
    const others = [await enter(browser, user.login), await enter(browser, user.login)];
    await visit(here.page, "/account?tab=sessions");
    await here.page.getByRole("button", { name: say("account:sessions.others") }).click();
    await here.page
      .getByRole("dialog")
      .getByRole("button", { name: say("account:sessions.others") })
      .click();
    await here.page.getByText(say("account:sessions.othersEnded")).waitFor();
    assert.equal((await api(here.page, "GET", "/me")).status, 200);
    for (const { page, context } of others) {
      assert.equal((await api(page, "GET", "/me")).status, 401);
      // The server says so by itself: nobody has to press anything.
      await ended(page).waitFor({ timeout: 40_000 });
      await context.close();
    }
    await here.context.close();
  });

  it("leave nothing behind at log-out: Back shows the sign-in", async () => {
    const user = await somebody();
    const { page, context } = await enter(browser, user.login);
    const person = await aPerson(page);
    await visit(page, "/people");
    await visit(page, `/people/${person.id}`);
    await page.getByRole("heading", { name: person.fields.name, level: 1 }).waitFor();
    const cookies = await context.cookies();
    assert.ok(cookies.length > 0);
    assert.ok(cookies.every((cookie) => cookie.httpOnly && cookie.secure && cookie.sameSite === "Strict"));
    await page.getByRole("button", { name: like("common:profile.open") }).click();
    await page.getByRole("menuitem", { name: say("common:profile.signOut") }).click();
    await page.waitForURL(/\/sign-in/);
    await login(page).waitFor();
    for (let i = 0; i < 2; i++) {
      await page.goBack();
      await page.waitForURL(/\/sign-in/);
      await login(page).waitFor();
      const text = await page.content();
      assert.ok(!text.includes(person.fields.last_name) && !text.includes(user.name));
    }
    assert.equal((await api(page, "GET", "/me")).status, 401);
    await context.close();
  });

  it("can be ended from every page", async () => {
    const windows = new Map();
    for (const [name, who, path] of [...PAGES, ["nowhere", "seller", "/nowhere/at/all"]]) {
      if (who === null) continue;
      if (!windows.has(who)) windows.set(who, await enter(browser, who));
      const { page } = windows.get(who);
      await page.goto(await fill(page, path));
      await settle(page);
      await page.getByRole("button", { name: like("common:profile.open") }).click();
      const out = page.getByRole("menuitem", { name: say("common:profile.signOut") });
      await out.waitFor({ timeout: 5000 }).catch(() => assert.fail(`not from ${name}`));
    }
    for (const { context } of windows.values()) await context.close();
  });

  it("tell before they end, and can be extended", async () => {
    const user = await somebody();
    const { page, context } = await enter(browser, user.login);
    const { body: me } = await api(page, "GET", "/me");
    await page.clock.install();
    await visit(page, "/account");
    await page.clock.fastForward((me.session_idle_s - 90) * 1000);
    const dialog = page.getByRole("dialog", { name: say("common:session.title") });
    await dialog.getByText(like("common:session.text")).waitFor();
    const extended = page.waitForResponse((r) => r.url().endsWith("/api/v1/me"));
    await dialog.getByRole("button", { name: say("common:session.extend") }).click();
    assert.equal((await extended).status(), 200);
    await dialog.waitFor({ state: "hidden" });
    await page.clock.fastForward(60_000);
    await page.waitForTimeout(300);
    assert.equal(await dialog.count(), 0, "the time begins anew");
    await page.clock.fastForward((me.session_idle_s - 120) * 1000);
    await dialog.waitFor();
    await dialog.getByRole("button", { name: say("common:profile.signOut") }).click();
    await page.waitForURL(/\/sign-in/);
    await context.close();
  });
});

describe("the browser", () => {
  it("keeps two words and nothing else, and tells nobody by title or address whom one looks at", async () => {
    const { page, context } = await enter(browser, "seller");
    const seen = new Set();
    page.on("framenavigated", (frame) => seen.add(frame.url()));
    const look = async () => {
      seen.add(page.url());
      seen.add(await page.title());
    };
    const mark = unique();
    const made = await api(page, "POST", "/people", {
      body: {
        fields: {
          first_name: "Gertruda",
          last_name: `Niejawna${mark}`,
          email: `niejawna.${mark}@przyklad.example`,
        },
      },
    });
    assert.equal(made.status, 201, made.text);
    await visit(page, "/people");
    await look();
    await page.getByPlaceholder(say("list:searchShort")).fill(`Niejawna${mark}`);
    await page
      .getByRole("link", { name: new RegExp(`Niejawna${mark}`) })
      .first()
      .waitFor();
    await look();
    await page
      .getByRole("link", { name: new RegExp(`Niejawna${mark}`) })
      .first()
      .click();
    await page.getByRole("heading", { name: new RegExp(`Niejawna${mark}`), level: 1 }).waitFor();
    await look();
    for (const tab of ["details", "history", "access"]) {
      await page.getByRole("tab", { name: say(`record:tabs.${tab}`) }).click();
      await settle(page);
      await look();
    }
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: say("palette:title") }).fill(`niejawna.${mark}`);
    await page
      .getByRole("option", { name: new RegExp(`Niejawna${mark}`) })
      .first()
      .waitFor();
    await look();
    await page.keyboard.press("Enter");
    await settle(page);
    await look();
    await page.reload();
    await settle(page);
    await look();
    for (const text of seen)
      assert.ok(!new RegExp(`niejawna|gertruda|${mark}`, "i").test(decodeURI(text)), text);

    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.entries(sessionStorage),
      databases: (await indexedDB.databases()).map((d) => d.name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookies: document.cookie,
    }));
    const words = ["klucznik-lang", "klucznik-theme"];
    assert.deepEqual(
      kept.local.filter((key) => !words.includes(key)),
      [],
    );
    assert.ok(!/niejawna|gertruda|kowalska|@/i.test(JSON.stringify(kept)), JSON.stringify(kept));
    assert.deepEqual([kept.databases, kept.caches, kept.workers, kept.cookies], [[], [], 0, ""]);
    await context.close();
  });

  it("is not sent to another site after signing in", async () => {
    const targets = [
      "//evil.example",
      "https://evil.example",
      "/\\evil.example",
      "/%5Cevil.example",
      "/\t/evil.example",
      "javascript:alert(1)",
    ];
    const user = await somebody();
    for (const to of targets) {
      const { page, context } = await enter(browser, null);
      const hosts = new Set();
      page.on("request", (request) => hosts.add(new URL(request.url()).host));
      await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
      await signInAgain(page, user.login);
      await settle(page);
      const { pathname, host } = new URL(page.url());
      assert.deepEqual([host, [...hosts]], [new URL(process.env.KLUCZNIK_URL).host, [host]], to);
      // What is no address of another site is one here, whatever it looks like.
      assert.equal(pathname, to.startsWith("/%5C") ? to : "/", to);
      await context.close();
    }
    const { page, context } = await enter(browser, null);
    await signIn(page, user.login);
    await page.goto("/sign-in?to=/companies");
    await signInAgain(page, user.login);
    assert.equal(new URL(page.url()).pathname, "/companies");
    await context.close();
  });
});

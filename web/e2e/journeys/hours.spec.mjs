// Working hours of a role: set by keyboard, and what whoever holds the role meets outside them.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { api, enter, eventually, launch, listening, PASSWORD, settle, tick, visit } from "../lib.mjs";
import { makeRole, makeUser, roleId, say } from "../made.mjs";
import { seen as picture } from "../seen.mjs";

let browser;
let admin;
let role;
let user;
before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  role = await makeRole(admin.page, {});
  user = await makeUser(admin.page, { roles: [await roleId(admin.page, "seller"), role.id] });
});
after(async () => {
  const { body } = await api(admin.page, "GET", "/sessions/rules");
  const { everyone, roles } = body;
  delete roles[role.id];
  await api(admin.page, "PUT", "/sessions/rules", { body: { everyone, roles }, version: body.version });
  await browser.close();
});

const cell = () => admin.page.getByRole("button", { name: new RegExp(`${role.label.pl}\\. `) });

async function save() {
  await admin.page.getByRole("button", { name: say("common:save"), exact: true }).click();
  await admin.page.getByText(say("admin:rules.saved")).last().waitFor();
}

/** Monday is 1; far from today on both sides of midnight, wherever the machine is. */
const another = ((new Date().getDay() + 2) % 7) + 1;
const NAMES = ["poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"];

/** In so many minutes, on the clocks of Warsaw: the day of the week and the time. */
function wall(minutes) {
  const at = new Date(Date.now() + minutes * 60_000);
  const part = (options) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Warsaw", ...options }).format(at);
  const day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part({ weekday: "short" })) + 1;
  return { day, time: part({ hour: "2-digit", minute: "2-digit" }) };
}

describe("working hours", () => {
  it("say that they are about to end, until it was read", async () => {
    const { page } = admin;
    const [began, ends] = [wall(-60), wall(8)];
    const hours = {
      zone: "Europe/Warsaw",
      spans: [{ days: [began.day], from: began.time, until: ends.time }],
    };
    const { body } = await api(page, "GET", "/sessions/rules");
    const roles = { ...body.roles, [role.id]: { hours } };
    const put = await api(page, "PUT", "/sessions/rules", {
      body: { everyone: body.everyone, roles },
      version: body.version,
    });
    assert.equal(put.status, 200, put.text);
    const seller = await enter(browser, user.login);
    await visit(seller.page, "/people");
    const notice = seller.page.getByRole("status").filter({ hasText: "Godziny pracy kończą się o" });
    await notice.waitFor();
    const time = ends.time.replace(/^0/, "");
    assert.match(await notice.innerText(), new RegExp(`o ${time}\\. .*${began.time.replace(/^0/, "")}`));
    await picture(seller.page, "hours-end");
    await notice.getByRole("button", { name: say("common:close") }).click();
    await notice.waitFor({ state: "hidden" });
    await seller.page.getByRole("link", { name: "Firmy" }).first().click();
    await settle(seller.page);
    assert.equal(await notice.count(), 0, "it was read");
    assert.deepEqual(seller.faults, []);
    await seller.context.close();
    const { version } = (await api(page, "GET", "/sessions/rules")).body;
    await api(page, "PUT", "/sessions/rules", {
      body: { everyone: body.everyone, roles: body.roles },
      version,
    });
  });

  it("are set by keyboard, and say day by day what they mean", async () => {
    const { page } = admin;
    await visit(page, "/admin/sessions");
    await cell().press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const [from, until] = ["from", "until"].map((name) =>
      dialog.getByLabel(say(`admin:hours.${name}`), { exact: true }),
    );
    for (const [n, name] of NAMES.entries())
      await tick(dialog.getByRole("checkbox", { name, exact: true }), n + 1 === another);
    await from.fill("22:00");
    await until.fill("22:00");
    await until.press("Enter");
    await dialog.getByText(say("admin:hours.flaw.same")).waitFor();
    await until.fill("06:00");
    const week = dialog.getByRole("region", { name: say("admin:hours.preview") });
    const next = NAMES[another % 7];
    assert.match(await week.innerText(), new RegExp(`${NAMES[another - 1]}\\s+22:00–24:00`));
    assert.match(await week.innerText(), new RegExp(`${next}\\s+0:00–6:00`));
    await dialog.getByText(say("admin:hours.overMidnight")).waitFor();
    await until.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    assert.match(await cell().innerText(), /22:00–6:00$/);
    // Nothing was saved by that alone.
    const before = await api(page, "GET", "/sessions/rules");
    assert.equal(before.body.roles[role.id], undefined);
    // Signed in before the hours are set.
    const seller = await enter(browser, user.login);
    await visit(seller.page, "/people");
    await listening(seller.page);
    await seller.page.keyboard.press("n");
    const adding = seller.page.getByRole("dialog");
    const typed = adding.getByRole("textbox", { name: "Nazwisko" });
    await typed.fill("Niezapisana");
    await save();
    const { body } = await api(page, "GET", "/sessions/rules");
    assert.deepEqual(body.roles[role.id].hours, {
      zone: "Europe/Warsaw",
      spans: [{ days: [another], from: "22:00", until: "06:00" }],
    });
    assert.ok(
      (await page.getByText(say("admin:hours.notHere")).count()) >= 2,
      "everybody and administrators",
    );

    // An open page says by itself when work begins again, and the session does not end.
    const told = seller.page.getByText(/Pracować można znów .*, od 22:00 \(strefa czasowa: Europe\/Warsaw\)/);
    await told.first().waitFor();
    await seller.page.getByRole("heading", { name: "Poza godzinami pracy", level: 1 }).waitFor();
    await seller.page.getByRole("button", { name: say("common:profile.signOut") }).waitFor();
    assert.equal(await adding.count(), 0, "nothing that was read or typed is shown");
    await seller.page.getByText(say("common:hours.waits")).waitFor();
    await picture(seller.page, "outside-hours");
    assert.equal((await api(seller.page, "GET", "/me")).status, 403);
    // The refusal itself is reported by the router, which shows it.
    assert.deepEqual(
      seller.faults.filter((fault) => !fault.startsWith("console Problem: Teraz są godziny wolne od pracy.")),
      [],
    );

    // Neither does the sign-in let anybody in, and it tells whoever knows the password alone.
    const stranger = await enter(browser, null);
    await stranger.page.goto("/sign-in");
    const form = stranger.page.locator("form");
    const send = async (password) => {
      await form.locator("input[autocomplete^='username']").fill(user.login);
      await form.locator("input[autocomplete='current-password']").fill(password);
      await form.locator("button[type='submit']").click();
    };
    await send("nie-to-haslo-wcale-a-wcale");
    await stranger.page.getByRole("alert").first().waitFor();
    assert.doesNotMatch(await stranger.page.locator("body").innerText(), /Pracować można/);
    await eventually(async () => {
      await send(PASSWORD);
      await stranger.page.getByText(/Pracować można znów/).waitFor({ timeout: 3_000 });
    });
    await stranger.context.close();

    // Without hours everything goes on where it was.
    await cell().click();
    await dialog.getByRole("button", { name: say("admin:hours.lift") }).click();
    assert.equal(await cell().innerText(), say("admin:hours.always"));
    await save();
    await seller.page
      .getByRole("button", { name: say("common:retry") })
      .first()
      .click();
    // What was being typed is there again, and nothing else of before.
    await eventually(async () => assert.equal(await typed.inputValue(), "Niezapisana"));
    await settle(seller.page);
    assert.equal((await api(seller.page, "GET", "/me")).status, 200);
    assert.equal(await told.count(), 0);
    await seller.context.close();
    assert.deepEqual(admin.faults, []);
  });

  it("leave the place of a session to be read beside its address", async () => {
    const { page } = admin;
    await visit(page, "/account?tab=sessions");
    const row = page.getByRole("row").filter({ hasText: say("admin:session.current") });
    assert.match(await row.innerText(), new RegExp(`127\\.0\\.0\\.1\\s+${say("admin:session.placeLocal")}`));
  });
});

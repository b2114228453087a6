// Asking for access: from the page of a record that is not seen to a grant that ends, and the same answer where there is
// nothing.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "../a11y.mjs";
import { api, enter, launch, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

const PAGE = "/access-requests";
const NOBODY = "0190a6c2-7b1e-7c3d-8e4f-0123456789ab";
let browser;
/** Who owns, and who asks: they are of different teams. */
let owner;
let asker;

before(async () => {
  browser = await launch();
  owner = await enter(browser, "seller");
  asker = await enter(browser, "otherSeller");
});
after(() => browser.close());

async function makePerson() {
  const last_name = `Proszona${unique()}`;
  const made = await api(owner.page, "POST", "/people", {
    body: { fields: { first_name: "Zofia", last_name } },
  });
  assert.equal(made.status, 201, made.text);
  return { at: `/people/${made.body.id}`, id: made.body.id, name: `Zofia ${last_name}` };
}

const section = (page, name) => page.getByRole("region", { name: say(name), exact: true });
const waiting = (page) => section(page, "requests:decide.heading").getByRole("listitem");
const mine = (page) => section(page, "requests:mine.heading").getByRole("listitem");
const userOf = async (page) => (await api(page, "GET", "/me")).body.user;

/** Asks on the page of a record, and gives what is said then. */
async function ask(page, at, reason) {
  await visit(page, at);
  await page.getByRole("button", { name: say("requests:ask.button"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: say("requests:ask.button") });
  const send = dialog.getByRole("button", { name: say("requests:ask.confirm"), exact: true });
  await send.click();
  await dialog.getByText(like("requests:ask.short")).waitFor();
  await dialog.getByLabel(say("requests:ask.reason")).fill(reason);
  await seen(page, "access-ask");
  await send.click();
  await dialog.waitFor({ state: "detached" });
  const told = page.getByRole("status").filter({ hasText: say("requests:ask.sent") });
  await told.waitFor();
  return (await page.locator("main").innerText()).trim();
}

describe("asking for access", () => {
  it("goes from a refusal to a grant, and both are told", async () => {
    const { at, name } = await makePerson();
    const them = await userOf(asker.page);
    const reason = `Przejmuję sprawę ${unique()}`;
    const there = await ask(asker.page, at, reason);
    const nothing = await ask(asker.page, `/people/${NOBODY}`, reason);
    assert.equal(there, nothing);
    await visit(asker.page, PAGE);
    assert.equal(await mine(asker.page).count(), 2);
    assert.equal(await mine(asker.page).getByText(say("requests:state.asked"), { exact: true }).count(), 2);
    await seen(asker.page, "access-mine");

    const { page } = owner;
    await visit(page, "/notifications");
    const notice = page.getByRole("article").filter({ hasText: them.name }).first();
    await notice.getByRole("link", { name: say("notices:requests") }).click();
    const request = waiting(page).filter({ hasText: reason });
    await request.getByRole("link", { name }).waitFor();
    await seen(page, "access-decide");
    assert.deepEqual(await findings(page), []);
    await request
      .getByRole("button", { name: say("requests:decide.approveOf", { name: them.name }) })
      .click();
    const dialog = page.getByRole("dialog", { name: say("requests:approve.title", { name: them.name }) });
    await dialog.getByText(like("record:share.lets")).waitFor();
    await seen(page, "access-approve");
    assert.deepEqual(await findings(page), []);
    await dialog.getByRole("button", { name: say("requests:approve.confirm"), exact: true }).click();
    await page.getByText(say("requests:approve.done", { name: them.name }), { exact: true }).waitFor();
    await request.waitFor({ state: "detached" });

    await visit(asker.page, "/notifications");
    await asker.page
      .getByText(/Masz dostęp do rekordu|You have access to a record/)
      .first()
      .waitFor();
    await visit(asker.page, PAGE);
    assert.equal(await mine(asker.page).getByText(say("requests:state.granted"), { exact: true }).count(), 1);
    await mine(asker.page).getByRole("link", { name }).click();
    await asker.page.getByRole("heading", { name, level: 1 }).waitFor();
    const access = await api(page, "GET", `${at}/grants`);
    assert.ok(Date.parse(access.body.items[0].until) > Date.now());
    assert.deepEqual([...owner.faults, ...asker.faults], []);
  });

  it("says nothing when it is declined", async () => {
    const { at } = await makePerson();
    const them = await userOf(asker.page);
    const reason = `Chcę zobaczyć ${unique()}`;
    await ask(asker.page, at, reason);
    const { page } = owner;
    await visit(page, PAGE);
    const request = waiting(page).filter({ hasText: reason });
    await request
      .getByRole("button", { name: say("requests:decide.declineOf", { name: them.name }) })
      .click();
    const question = page.getByRole("dialog", { name: say("requests:decide.declineTitle") });
    await question.getByText(say("requests:decide.declineText", { name: them.name })).waitFor();
    await seen(page, "access-decline");
    await question.getByRole("button", { name: say("requests:decide.decline"), exact: true }).click();
    await request.waitFor({ state: "detached" });
    await visit(asker.page, PAGE);
    assert.equal(
      await mine(asker.page).first().getByText(say("requests:state.asked"), { exact: true }).count(),
      1,
    );
    assert.equal((await api(asker.page, "GET", at)).status, 404);
  });
});

// A second person approves: from the rule over the request to what is done, with two people.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "../a11y.mjs";
import { api, enter, launch, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

let browser;
let admin;
let seller;
let leader;
/** What the rules were, to be put back. */
let rules;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
  leader = await enter(browser, "leader");
});
after(async () => {
  if (rules) await setRules(rules);
  await browser.close();
});

async function setRules(change) {
  const { version, ...before } = (await api(admin.page, "GET", "/approvals/rules")).body;
  const body = { ...before, ...change };
  const put = await api(admin.page, "PUT", "/approvals/rules", { body, version });
  assert.equal(put.status, 200, put.text);
  return before;
}

describe("approval by a second person", () => {
  it("is said before, asked for, given, and done in the name of whoever asked", async () => {
    rules = await setRules({ bulk_edit: 2 });
    const name = `Zbiorowa${unique()}`;
    const ids = [];
    for (const first_name of ["Jan", "Ewa"]) {
      const made = await api(seller.page, "POST", "/people", {
        body: { fields: { first_name, last_name: name } },
      });
      assert.equal(made.status, 201, made.text);
      ids.push(made.body.id);
    }
    const { page } = seller;
    await visit(page, `/people?q=${name}`);
    await page
      .getByRole("checkbox", { name: like("list:selectAll") })
      .first()
      .check();
    await page.getByRole("button", { name: say("list:bulk.field"), exact: true }).click();
    const change = page.getByRole("dialog", { name: say("list:bulk.field") });
    await change.getByRole("combobox", { name: say("list:filter.field") }).fill("Stanowisko");
    await page.getByRole("option", { name: "Stanowisko" }).first().click();
    await change.getByLabel("Stanowisko").last().fill("Dyrektor");
    await change.getByRole("button", { name: like("list:bulk.run") }).click();
    const look = page.getByRole("dialog", { name: say("requests:preview.title") });
    await look.getByText(say("requests:second.needed")).waitFor();
    await look.getByLabel(say("requests:second.reason")).fill("Porządki po kampanii");
    assert.deepEqual(await findings(page), []);
    await seen(page, "approval-look");
    await look.getByRole("button", { name: say("requests:second.ask"), exact: true }).click();
    await look.waitFor({ state: "detached" });
    await visit(page, "/access-requests");
    await page.getByText(say("requests:how.asked"), { exact: true }).first().waitFor();
    await seen(page, "approval-mine");

    await visit(leader.page, "/access-requests");
    await leader.page
      .getByRole("button", { name: like("requests:second.lookOf") })
      .first()
      .click();
    const decide = leader.page.getByRole("dialog");
    await decide.getByText("Stanowisko: Dyrektor").waitFor();
    assert.deepEqual(await findings(leader.page), []);
    await seen(leader.page, "approval-decide");
    await decide.getByRole("button", { name: say("requests:second.approve"), exact: true }).click();
    await decide.waitFor({ state: "detached" });
    for (const id of ids) {
      let title;
      for (let n = 0; n < 100 && title !== "Dyrektor"; n += 1) {
        title = (await api(page, "GET", `/people/${id}`)).body.fields.job_title;
        await page.waitForTimeout(50);
      }
      assert.equal(title, "Dyrektor");
    }
    await visit(page, "/access-requests");
    await page.getByText(say("requests:how.approved"), { exact: true }).first().waitFor();
    await visit(admin.page, "/admin/approvals");
    await admin.page.getByText(say("admin:approvals.days")).waitFor();
    assert.deepEqual(await findings(admin.page), []);
    await seen(admin.page, "approval-rules");
  });
});

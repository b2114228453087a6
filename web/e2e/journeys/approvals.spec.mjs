// Acts on many records: what they would do is said before, and that a second person has to approve. Nobody of an instance
// made a moment ago has been anything for a week, so nobody could approve here: that is said too, and nothing is done.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "../a11y.mjs";
import { api, enter, launch, setApprovalRules, visit } from "../lib.mjs";
import { like, say, unique } from "../made.mjs";
import { seen } from "../seen.mjs";

let browser;
let admin;
let seller;
/** What the rules were, to be put back. */
let rules;

before(async () => {
  browser = await launch();
  admin = await enter(browser, "admin");
  seller = await enter(browser, "seller");
});
after(async () => {
  if (rules) await setRules(rules);
  await browser.close();
});

const setRules = (change) => setApprovalRules(admin.page, change);

describe("approval by a second person", () => {
  it("is set by administrators and said before an act on many", async () => {
    await visit(admin.page, "/admin/approvals");
    await admin.page.getByLabel(say("admin:approvals.days")).waitFor();
    assert.deepEqual(await findings(admin.page), []);
    await seen(admin.page, "approval-rules");
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
    await look.getByText("Stanowisko: Dyrektor").waitFor();
    await look.getByText(say("requests:second.nobody")).waitFor();
    assert.deepEqual(await findings(page), []);
    await seen(page, "approval-look");
    await look.getByLabel(say("requests:second.reason")).fill("Porządki po kampanii");
    await look.getByRole("button", { name: say("requests:second.ask"), exact: true }).click();
    await look.getByRole("alert").filter({ hasText: "Nikt inny" }).waitFor();
    for (const id of ids) {
      const fields = (await api(page, "GET", `/people/${id}`)).body.fields;
      assert.equal(fields.job_title, undefined);
    }
    await visit(page, "/access-requests");
    await page.getByRole("heading", { level: 1, name: say("requests:title") }).waitFor();
    assert.deepEqual(await findings(page), []);
  });
});

// WCAG 2.2 AA by axe: no finding on any page, light, dark and on a phone; and no page scrolls sideways.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { findings } from "./a11y.mjs";
import { enter, eventually, fill, launch, MODES, PAGES, settle, tooWide } from "./lib.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const mode of Object.keys(MODES)) {
  describe(`accessibility, ${mode}`, () => {
    const windows = new Map();
    after(async () => {
      for (const { context } of windows.values()) await context.close();
    });
    for (const [name, who, path] of PAGES) {
      it(name, async () => {
        if (!windows.has(who)) windows.set(who, await enter(browser, who, { mode }));
        const { page } = windows.get(who);
        await page.goto(await fill(page, path));
        await settle(page);
        assert.deepEqual(await findings(page), []);
        if (mode === "phone") {
          const wide = await tooWide(page);
          assert.ok(wide <= 0, `${wide} px too wide`);
        }
        await eventually(async () => assert.equal(await page.locator("h1").count(), 1, "one h1"));
      });
    }
  });
}

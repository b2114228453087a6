// What opens over a page, in both themes: no finding by axe, no violation of the policy, no error; Esc closes it and
// the focus is back at what opened it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { enter, eventually, fill, launch, settle } from "./lib.mjs";
import { dismiss, found, press, STATES } from "./overlays.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

for (const mode of ["light", "dark"]) {
  describe(`states, ${mode}`, () => {
    const windows = new Map();
    after(async () => {
      for (const { context } of windows.values()) await context.close();
    });
    const at = async (who, path) => {
      if (!windows.has(who)) windows.set(who, await enter(browser, who, { mode }));
      const { page, faults } = windows.get(who);
      await page.goto(await fill(page, path));
      await settle(page);
      faults.length = 0;
      return { page, faults };
    };

    for (const { name, who, path, open, close, tidy } of STATES) {
      it(name, async () => {
        const { page, faults } = await at(who, path);
        const { opener, shown } = await open(page);
        await shown.waitFor();
        assert.deepEqual(await found(page), []);
        if (close) await close(page);
        else await dismiss(page, shown);
        await shown.waitFor({ state: "hidden" });
        await eventually(async () => {
          const at = await opener.evaluate((element) => [
            element === document.activeElement,
            document.activeElement?.outerHTML.slice(0, 200) ?? "nothing",
          ]);
          assert.ok(at[0], `the focus is at ${at[1]}`);
        });
        assert.deepEqual(faults, []);
        await tidy?.(page);
      });
    }

    it("who can see", async () => {
      const { page, faults } = await at("seller", "/companies/:id");
      await press(page, page.getByRole("tab", { name: "Dostęp" }));
      await page
        .getByText(/(może|mogą) zobaczyć ten rekord/)
        .first()
        .waitFor();
      assert.deepEqual(await found(page), []);
      assert.deepEqual(faults, []);
    });
  });
}

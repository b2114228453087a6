// A screen as people have it: wide and on a phone, light and dark. axe finds nothing, and nothing scrolls sideways.
import assert from "node:assert/strict";
import { findings } from "./a11y.mjs";
import { LANG, MODES, tooWide } from "./lib.mjs";

/** A folder for pictures, for whoever wants to look at them. */
const SHOTS = process.env.KLUCZNIK_SHOTS;

/** What somebody sees now; the page is left as wide and light as it was. `without` are rules of axe that do not hold. */
export async function seen(page, name, { without } = {}) {
  for (const [mode, { viewport, colorScheme }] of Object.entries(MODES)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    if (SHOTS) {
      await page.waitForTimeout(400);
      await page.screenshot({ path: `${SHOTS}/${name}-${LANG}-${mode}.png` });
    }
    if (mode !== "light") assert.deepEqual(await findings(page, { without }), [], `${name}, ${mode}`);
    const wide = await tooWide(page);
    assert.ok(wide <= 0, `${name}, ${mode}: ${wide} px too wide`);
  }
  await page.setViewportSize(MODES.light.viewport);
  await page.emulateMedia({ colorScheme: MODES.light.colorScheme });
}

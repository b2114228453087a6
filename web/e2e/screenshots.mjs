// `npm run screenshots [-- FILTER…] [--en]`: every page in light, dark and on a phone, into web/screenshots (not kept in
// git); in Polish, or with --en in English.
import { mkdirSync } from "node:fs";
import { enter, fill, launch, MODES, PAGES, settle, startServer } from "./lib.mjs";

const filters = process.argv.slice(2).filter((word) => word !== "--en");
const lang = process.argv.includes("--en") ? "en" : "pl";
const server = process.env.KLUCZNIK_URL ? null : await startServer();
process.env.KLUCZNIK_URL ??= server.url;
const browser = await launch();
const folder = new URL("../screenshots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
for (const mode of Object.keys(MODES)) {
  const windows = new Map();
  for (const [name, who, path] of PAGES) {
    if (filters.length > 0 && !filters.some((f) => name.includes(f))) continue;
    if (!windows.has(who)) windows.set(who, await enter(browser, who, { mode, lang }));
    const { page } = windows.get(who);
    await page.goto(await fill(page, path));
    await settle(page);
    await page.waitForTimeout(600);
    await page.screenshot({ path: `${folder}${name}-${mode}.png` });
  }
  for (const { context } of windows.values()) await context.close();
}
await browser.close();
await server?.stop();
console.log(`Pictures are in ${folder}`);

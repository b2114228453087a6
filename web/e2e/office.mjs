// Where journeys of users and their rights begin.
import { after } from "node:test";
import { enter, launch } from "./lib.mjs";
import { roleId } from "./made.mjs";

/**
 * A browser with an administrator signed in, and the id of the seller's role. After the journeys of the file the browser
 * closes.
 */
export async function office() {
  const browser = await launch();
  after(() => browser.close());
  const admin = await enter(browser, "admin");
  return { browser, admin, seller: await roleId(admin.page, "seller") };
}

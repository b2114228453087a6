// Somebody of a partner organisation, at a browser.
import { authenticator } from "./factors.mjs";
import { enter, signIn } from "./lib.mjs";
import { say } from "./made.mjs";

/** Signs in for the first time: nothing is served until there is a passkey. */
export async function comeIn(browser, login) {
  const { page, context, faults } = await enter(browser, null);
  await authenticator(page);
  await signIn(page, login);
  await page.getByRole("heading", { name: say("account:enrol.title"), level: 1 }).waitFor();
  await page.getByRole("button", { name: say("account:security.addPasskey") }).click();
  await page.getByRole("button", { name: say("account:passkey.make") }).click();
  await page.getByText(say("account:enrol.codes")).waitFor();
  await page.getByRole("button", { name: say("account:enrol.later") }).click();
  await page.getByRole("heading", { name: say("partner:title"), level: 1 }).waitFor();
  return { page, context, faults };
}

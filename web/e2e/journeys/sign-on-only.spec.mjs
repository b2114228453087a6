// Signing in through a provider that others wrote (tests/providers, which scripts/prepare.sh --tests gets ready): a
// browser goes there and comes back, and whoever has nothing else is shown so.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { api, CAST, enter, launch, startServer, tooWide, visit } from "../lib.mjs";
import { say } from "../made.mjs";

const PROVIDERS = join(import.meta.dirname, "../../../tests/providers");

let browser;
let server;
let provider;
const asOf = new Date().toISOString();
const folder = mkdtempSync(join(tmpdir(), "klucznik-sign-on-"));

/** A port that nobody listens at: the provider knows the address to come back to before the server starts. */
async function freePort() {
  const listening = createServer();
  await new Promise((done) => listening.listen(0, "127.0.0.1", done));
  const { port } = listening.address();
  await new Promise((done) => listening.close(done));
  return port;
}

async function startProvider(back) {
  const child = spawn(process.execPath, [join(PROVIDERS, "provider.mjs"), back], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const issuer = await new Promise((done, fail) => {
    let out = "";
    child.on("exit", (code) => fail(new Error(`the provider ended with ${code}`)));
    child.stdout.on("data", (bytes) => {
      out += bytes;
      const [, found] = /^issuer (\S+)$/m.exec(out) ?? [];
      if (found) done(found);
    });
  });
  child.removeAllListeners("exit");
  return { issuer, stop: () => child.kill() };
}

/** The settings without any of single sign-on, and then with these. */
function set(text) {
  const path = join(folder, "data", "klucznik.toml");
  const sections = readFileSync(path, "utf8").split(/^(?=\[)/m);
  writeFileSync(path, sections.filter((s) => !/^\[+sign_on/.test(s)).join(""));
  appendFileSync(path, `\n${text}`);
}

const one = (issuer, secret, team) => `
[[sign_on.providers]]
name = "firma"
label = "Konto firmowe"
issuer = "${issuer}"
client_id = "klucznik"
client_secret_file = "${secret}"
create_users_in = "${team}"
create_users_domains = ["firma.example"]
`;

before(async () => {
  browser = await launch();
  const port = await freePort();
  provider = await startProvider(`https://localhost:${port}/sign-on/firma`);
  server = await startServer({ folder, listen: `127.0.0.1:${port}`, asOf });
  process.env.KLUCZNIK_URL = server.url;
  const { page, context } = await enter(browser, "admin");
  const team = (await api(page, "GET", "/teams")).body.items[0].name;
  await context.close();
  await server.stop();
  const secret = join(folder, "oidc");
  writeFileSync(secret, "sekret: klienta/1\n");
  chmodSync(secret, 0o600);
  set(`[sign_on]\nonly = true\nemergency = "${CAST.admin}"\n${one(provider.issuer, secret, team)}`);
  server = await startServer({ folder, listen: `127.0.0.1:${port}`, asOf });
});
after(async () => {
  await server?.stop();
  provider?.stop();
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The person at the provider's own pages. */
async function atProvider(page, name) {
  await page.locator("input[name='login']").fill(name);
  await page.locator("input[name='password']").fill("x");
  await page.locator("button[type='submit']").click();
  await page.locator("button[type='submit']", { hasText: /continue/i }).click();
}

describe("a provider of single sign-on", () => {
  it("signs in whom it vouches for, at an address of its own, and shows what the person has", async () => {
    const { page, context, faults } = await enter(browser);
    // The provider's own pages ask for fonts from the net, which is no fault of ours.
    const away = (url) => !["localhost", "127.0.0.1"].includes(url.hostname);
    await context.route(away, (route) => route.fulfill({ body: "" }));
    await page.goto("/sign-in");
    await page.getByRole("button", { name: /Konto firmowe/ }).waitFor();
    assert.equal(await page.locator("input[type='password']").count(), 0, "nobody is asked for a password");
    await page.getByRole("button", { name: /Konto firmowe/ }).click();
    await atProvider(page, "pracownik-7");
    await page.waitForURL((url) => url.origin === server.url && !url.pathname.startsWith("/sign-"));
    const { body: me } = await api(page, "GET", "/me");
    assert.deepEqual([me.user.login, me.has_password], ["anna.nowa", false]);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      // There is no password to change, whatever the address says.
      await visit(page, "/account?tab=password");
      assert.equal(await page.getByRole("tab", { name: say("account:tab.password") }).count(), 0);
      await visit(page, "/account?tab=security");
      await page.getByText(say("account:accounts.alone", { at: "Konto firmowe" })).waitFor();
      assert.equal(await tooWide(page), 0);
    }
    assert.deepEqual(faults, []);
    await context.close();
  });

  it("is no way round for a password but the emergency account's, which is a small link away", async () => {
    const { page, context, faults } = await enter(browser);
    await page.goto("/sign-in");
    await page.getByRole("button", { name: say("common:signOn.emergency") }).click();
    await page.locator("input[autocomplete^='username']").fill(CAST.admin);
    await page.locator("input[autocomplete='current-password']").fill("mokry-parasol-w-tramwaju");
    await page.getByRole("button", { name: say("common:signIn.button"), exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await visit(page, "/admin/users");
    await page
      .getByText(say("admin:user.signsInAt", { at: "Konto firmowe" }))
      .first()
      .waitFor();
    await visit(page, "/admin/sign-on");
    await page.getByText(`${server.url}/sign-on/firma`, { exact: true }).waitFor();
    await page.getByText("firma.example", { exact: true }).waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});

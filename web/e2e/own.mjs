// A server of a spec's own, with settings that others have not; and a mail server for it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ahead, eventually, program, startServer } from "./lib.mjs";

const DAY_MS = 86_400_000;
const SMTP = new URL("../../crates/testkit/src/smtp.py", import.meta.url);
const SMALL = ["people", "companies", "leads", "deals", "activities", "notes"].flatMap((of) => [
  `--${of}`,
  "20",
]);

/** A port that nobody had a moment ago. */
function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/**
 * Starts the program on a few records, with settings (TOML) in place of some of its own: `settingsIn` says them, given
 * its folder, and `again` starts it with others on the same data, or with its clock so many days ahead. Links lead back
 * to it, and the spec's pages are its pages from now on. `daysAgo` is how long its users have been there.
 */
export async function startOwn(settingsIn, { daysAgo = 0 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "klucznik-e2e-"));
  const data = join(folder, "data");
  const port = await freePort();
  const when = daysAgo ? ["--as-of", new Date(Date.now() - daysAgo * DAY_MS).toISOString()] : [];
  const made = spawnSync(program(), ["demo", "--dir", data, "--no-serve", ...when, ...SMALL], {
    encoding: "utf8",
    env: { ...process.env, ...ahead(-daysAgo) },
  });
  assert.equal(made.status, 0, made.stderr);
  const file = join(data, "klucznik.toml");
  const before = readFileSync(file, "utf8");
  const start = (settings, days) => {
    const tables = new Set([...settings.matchAll(/^\[(\w+)\]/gm)].map(([, name]) => name));
    const kept = before.split(/^(?=\[)/m).filter((part) => !tables.has(part.match(/^\[(\w+)\]/)?.[1]));
    writeFileSync(file, `${kept.join("")}\n${settings}`);
    return startServer({ folder, asOf: null, port, days });
  };
  let server = await start(settingsIn(folder));
  process.env.KLUCZNIK_URL = server.url;
  return {
    folder,
    url: server.url,
    log: () => server.log(),
    again: async (settings, { days = 0 } = {}) => {
      await server.stop();
      server = await start(settings, days);
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A line of what a program says, before anything else is done; what follows goes to `take`. */
export async function firstLine(child, take = () => {}) {
  const lines = createInterface(child.stdout);
  const first = await new Promise((done, fail) => {
    child.on("exit", (code) => fail(new Error(`it ended with ${code}`)));
    lines.once("line", done);
  });
  lines.on("line", take);
  return first;
}

/** A mail server (needs Python with aiosmtpd), with settings for the program and what has arrived. */
export async function startMail() {
  const how = { tls: "none", login: null, port: 0, drops: 0, refused: [] };
  const python = process.env.KLUCZNIK_PYTHON ?? "/usr/bin/python3";
  const child = spawn(python, ["-c", readFileSync(SMTP, "utf8"), JSON.stringify(how)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const letters = [];
  const { port } = JSON.parse(await firstLine(child, (line) => letters.push(JSON.parse(line))));
  return {
    settings: `[mail]\nrelay = "127.0.0.1"\nport = ${port}\ntls = "none"\nsender = "Klucznik <crm@firma.example>"\n`,
    /** Waits for a letter with a link to this address that has not been read, and answers the link. */
    link: (to) =>
      eventually(() => {
        const linkOf = ({ text }) =>
          text
            .replaceAll("=\r\n", "")
            .replaceAll("=3D", "=")
            .match(/https:\/\/\S+\/link#[\w-]+/)?.[0];
        const at = letters.findIndex((letter) => letter.to.includes(to) && linkOf(letter));
        assert.ok(at >= 0, `no letter with a link to ${to}`);
        return linkOf(letters.splice(at, 1)[0]);
      }),
    /** Letters that nobody has read. */
    waiting: (to) => letters.filter((letter) => letter.to.includes(to)).length,
    stop: () => child.kill(),
  };
}

const PROVIDER_SECRET = "sekret: klienta/1";

/**
 * A provider of single sign-on as others write it (`tests/providers`), at which anybody signs in under any name: this
 * name is the account's identifier. It has to know where to send browsers back to.
 */
export async function startProvider(back) {
  const place = new URL("../../tests/providers/", import.meta.url).pathname;
  assert.ok(existsSync(join(place, "node_modules")), "run scripts/prepare.sh --tests");
  const child = spawn(process.execPath, [join(place, "provider.mjs"), back], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const issuer = (await firstLine(child)).replace(/^issuer /, "");
  return { issuer, stop: () => child.kill() };
}

/**
 * What the settings of a program say of a provider whose secret lies in `folder`. Users are made in the team `makesIn`
 * of whoever it vouches for. `another` is the label of a second one, which does not answer.
 */
export function signOnSettings(folder, issuer, { only = false, emergency, makesIn, another } = {}) {
  const secret = join(folder, "provider-secret");
  writeFileSync(secret, PROVIDER_SECRET, { mode: 0o600 });
  const second = `[[sign_on.providers]]
name = "inny"
label = "${another}"
issuer = "http://127.0.0.1:1"
client_id = "klucznik"
client_secret_file = "${secret}"
`;
  return `[sign_on]
only = ${only}
${emergency ? `emergency = "${emergency}"` : ""}

[[sign_on.providers]]
name = "firma"
label = "Konto firmowe"
issuer = "${issuer}"
client_id = "klucznik"
client_secret_file = "${secret}"
${makesIn ? `create_users_in = "${makesIn}"\ncreate_users_domains = ["firma.example"]` : ""}
${another ? second : ""}`;
}

// What specs make for themselves: roles, users, teams and numbers that nobody else has.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { request } from "playwright-core";
import { api, CAST, LANG, PASSWORD, settle } from "./lib.mjs";

let last = Date.now();
/** A word that no other run has had. */
export const unique = () => (last++).toString(36);

const words = (text) => ({ pl: text, en: text });

/** A role made by the administrator whose page it is. */
export async function makeRole(admin, rights) {
  const name = `role_${unique()}`;
  const body = { name, label: words(`Rola ${name}`), entities: {}, denials: {}, things: {}, ...rights };
  const made = await api(admin, "POST", "/roles", { body });
  assert.equal(made.status, 201, made.text);
  return made.body;
}

/** Chooses the password of all the cast by the link of an invitation, in a browser that nobody knows. */
async function choose(link) {
  const client = await request.newContext({ baseURL: process.env.KLUCZNIK_URL, ignoreHTTPSErrors: true });
  try {
    const chosen = await client.post("/api/v1/links/password", { data: { link, new: PASSWORD } });
    assert.equal(chosen.status(), 200, await chosen.text());
  } finally {
    await client.dispose();
  }
}

/** A user with the password of all the cast, in the team of one of them. */
export async function makeUser(
  admin,
  { login = `user.${unique()}`, name, roles = [], like = "seller" } = {},
) {
  const { body: users } = await api(admin, "GET", "/users");
  const { team } = users.items.find((user) => user.login === CAST[like]);
  const made = await api(admin, "POST", "/users", {
    body: {
      login,
      name: name ?? `Osoba ${login.slice(5)}`,
      email: `${login}@klucznik.example`,
      lang: LANG,
      team,
      roles,
      invite: {},
    },
  });
  assert.equal(made.status, 201, made.text);
  const link = made.body.invitation.link.split("#")[1];
  await choose(link);
  return (await api(admin, "GET", `/users/${made.body.id}`)).body;
}

const DAY_MS = 86_400_000;
const inDays = (days) => new Date(Date.now() + days * DAY_MS).toISOString();

/** A partner organisation with an agreement that lasts so many days. */
export async function makePartner(admin, { name = `Agencja ${unique()}`, days = 60 } = {}) {
  const agreement = {
    ground: "processing_agreement",
    number: `UPP/${unique()}`,
    signed_on: inDays(-2).slice(0, 10),
    valid_from: inDays(-1),
    valid_until: inDays(days),
  };
  const made = await api(admin, "POST", "/partners", { body: { name, agreement } });
  assert.equal(made.status, 201, made.text);
  return made.body;
}

/** Somebody of a partner, with the password of all the cast and no factor yet. */
export async function makeGuest(admin, partner, { login = `gosc.${unique()}` } = {}) {
  const body = {
    login,
    name: `Gość ${login.slice(5)}`,
    email: `${login}@partner.example`,
    lang: LANG,
    partner,
    invite: {},
  };
  const made = await api(admin, "POST", "/users", { body });
  assert.equal(made.status, 201, made.text);
  await choose(made.body.invitation.link.split("#")[1]);
  return made.body;
}

/** Shares a record of the page's user with a partner for so many days. */
export async function shareWithPartner(page, at, partner, { days = 20, fields, related = false } = {}) {
  const body = {
    to: { partner },
    role: "6b6c7563-0000-8000-8000-7a6e696b0008",
    with_related: related,
    until: inDays(days),
    reason: "Wspólna kampania",
    ...(fields && { fields }),
  };
  const made = await api(page, "POST", `${at}/grants`, { body });
  assert.equal(made.status, 201, made.text);
  return made.body;
}

/** The id of a built-in role. */
export async function roleId(admin, name) {
  const { body } = await api(admin, "GET", "/roles");
  return body.items.find((role) => role.name === name).id;
}

/** Changes a user as it stands now. */
export async function changeUser(admin, id, change) {
  const { body } = await api(admin, "GET", `/users/${id}`);
  const done = await api(admin, "PATCH", `/users/${id}`, { body: change, version: body.version });
  assert.equal(done.status, 200, done.text);
  return done.body;
}

/** Records of the page's user, by import: nothing makes many of them faster. `row` answers the cells of one. */
export async function makeMany(page, plural, count, heading, row) {
  const lines = [heading, ...Array.from({ length: count }, (_, at) => row(at))];
  const report = await page.evaluate(
    async ([plural, text]) => {
      const response = await fetch(`/api/v1/imports/${plural}?name=file.csv&on_duplicate=create`, {
        method: "POST",
        headers: { "Content-Type": "application/octet-stream" },
        body: text,
      });
      return response.json();
    },
    [plural, `${lines.map((cells) => cells.join(";")).join("\r\n")}\r\n`],
  );
  assert.equal(report.made, count, JSON.stringify(report).slice(0, 500));
}

/**
 * Signs in with a wrong password until the name is locked, or so many times. The server makes each attempt wait longer
 * than the one before: the last of the ten that lock a name for a minute, all of them for two.
 */
export async function guess(login, most = Number.POSITIVE_INFINITY) {
  const client = await request.newContext({ baseURL: process.env.KLUCZNIK_URL, ignoreHTTPSErrors: true });
  try {
    for (let wrong = 0; wrong < most; ) {
      const answer = await client.post("/api/v1/sessions", {
        data: { login, password: "to-nie-jest-to-haslo" },
      });
      assert.ok([401, 429].includes(answer.status()), await answer.text());
      if (answer.status() === 401) wrong += 1;
      const wait = Number(answer.headers()["retry-after"] ?? 0);
      if (wait > 600) return;
      await pause(wait * 1000);
    }
  } finally {
    await client.dispose();
  }
}

/** A valid PESEL of somebody born in the eighties. */
export function pesel() {
  const two = (n) => String(n).padStart(2, "0");
  const any = (n) => Math.floor(Math.random() * n);
  const digits = `${80 + any(10)}${two(1 + any(12))}${two(1 + any(28))}${String(any(10_000)).padStart(4, "0")}`;
  const sum = [...digits].reduce((all, d, i) => all + Number(d) * [1, 3, 7, 9][i % 4], 0);
  return digits + ((10 - (sum % 10)) % 10);
}

/**
 * All that reaches a page from its server, but for the stream of events, which carries ids only and never ends.
 * Give it the page before it goes anywhere.
 */
export function listen(page) {
  const bodies = [];
  const waiting = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith("/stream")) return;
    waiting.push(
      response
        .text()
        .then((text) => bodies.push(`${response.url()} ${text}`))
        // A redirect has no body, and one that was left behind is gone.
        .catch(() => {}),
    );
  });
  return async () => {
    await settle(page);
    await Promise.race([Promise.all(waiting), page.waitForTimeout(5000)]);
    return bodies;
  };
}

const files = new Map();

/** All forms of a text of the interface, such as `admin:user.add`: one, or those of a plural. */
function forms(key, lang) {
  const [space, path] = key.split(":");
  const places = [`${space}.json`, `office/${space}.json`].map(
    (name) => new URL(`../src/i18n/${lang}/${name}`, import.meta.url),
  );
  const file = places.find((place) => existsSync(place)) ?? places[0];
  if (!files.has(file.href)) files.set(file.href, JSON.parse(readFileSync(file, "utf8")));
  const steps = path.split(".");
  const last = steps.pop();
  const place = steps.reduce((at, step) => at[step], files.get(file.href));
  const found = Object.keys(place).filter((name) => name === last || name.replace(/_[a-z]+$/, "") === last);
  assert.ok(found.length > 0, `no words ${key}`);
  return found.map((name) => place[name]);
}

/** The interface's own words; what stands in {{}} is filled in. */
export const say = (key, values = {}, lang = LANG) =>
  forms(key, lang)[0].replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]);

/** The same in any plural form and with anything filled in. */
export function like(key, lang = LANG) {
  const plain = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const alternatives = forms(key, lang).map((text) =>
    text
      .split(/\{\{\w+\}\}/)
      .map(plain)
      .join(".+"),
  );
  return new RegExp(`^(${alternatives.join("|")})$`);
}

// Factors as tests have them: codes are reckoned here.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { api } from "./lib.mjs";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_S = 30;

function bytesOf(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** The code that an application shows in one of its steps of thirty seconds (RFC 6238). */
function codeAt(secret, step) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** An application: each code it gives is another one, as the server takes none twice. */
export function application(secret) {
  let last = 0;
  return async (page) => {
    const now = () => Math.floor(Date.now() / 1000 / STEP_S);
    // The server takes the code of one step ahead too.
    while (last > now()) await page.waitForTimeout(500);
    last = Math.max(last + 1, now());
    return codeAt(secret, last);
  };
}

/**
 * Refuses what needs a fresh confirmation until the page has confirmed, as the server does five minutes after the last
 * one, which no test waits for: `paths` are those of the API that need it. What confirms is the real server.
 */
export async function stale(page, factors, ...paths) {
  let over = false;
  const asked = [];
  await page.route(
    (url) => paths.some((path) => url.pathname === `/api/v1${path}`),
    (route) => {
      if (over || route.request().method() === "GET") return route.fallback();
      asked.push(route.request().url());
      const body = {
        type: "urn:klucznik:problem:step-up-required",
        title: "Potwierdź, że to Ty",
        status: 403,
        detail: "Ta czynność wymaga potwierdzenia.",
        request_id: "0",
        factors,
      };
      return route.fulfill({
        status: 403,
        contentType: "application/problem+json",
        body: JSON.stringify(body),
      });
    },
  );
  page.on("response", (response) => {
    if (response.url().endsWith("/me/step-up/finish") && response.ok()) over = true;
  });
  return { asked };
}

/** Adds an application with codes to the page's user; what is given back makes its codes. */
export async function addApplication(page, name = "telefon") {
  const begun = await api(page, "POST", "/me/factors/totp");
  assert.equal(begun.status, 200, begun.text);
  const code = application(begun.body.secret);
  const added = await api(page, "POST", "/me/factors", { body: { name, totp: await code(page) } });
  assert.equal(added.status, 201, added.text);
  return code;
}

/** Gives a page's browser an authenticator that knows its user: Chromium's own, without a device. */
export async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether its user is known, as by a finger. */
    verify: (isUserVerified) =>
      devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    clear: () => devtools.send("WebAuthn.clearCredentials", { authenticatorId }),
    /** Its passkeys, with how often each was used. */
    keys: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
  };
}

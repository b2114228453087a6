// The policy holds on every page, and stops what it is to stop.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { enter, eventually, fill, launch, PAGES, settle } from "./lib.mjs";

let browser;
const windows = new Map();
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const POLICY = [
  "base-uri 'none'",
  "connect-src 'self'",
  "default-src 'none'",
  "font-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "img-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "script-src 'self'",
  "style-src 'self'",
  "trusted-types 'none'",
];

describe("content security policy", () => {
  for (const [name, who, path] of PAGES) {
    it(`${name} keeps it, and throws no error`, async () => {
      if (!windows.has(who)) windows.set(who, await enter(browser, who));
      const { page, faults } = windows.get(who);
      faults.length = 0;
      await page.goto(await fill(page, path));
      await settle(page);
      await page.waitForTimeout(300);
      assert.deepEqual(faults, []);
    });
  }

  it("is the same on every page, without an exception", async () => {
    const { page, context } = await enter(browser, null);
    for (const path of ["/", "/people", "/sign-in"]) {
      const answer = await page.goto(path);
      const policy = answer.headers()["content-security-policy"];
      assert.deepEqual(
        policy
          .split(/;\s*/)
          .filter((part) => !/^report/.test(part))
          .sort(),
        POLICY,
        path,
      );
      assert.equal(answer.headers()["x-content-type-options"], "nosniff");
      assert.equal(answer.headers()["referrer-policy"], "no-referrer");
      assert.equal(answer.headers()["cross-origin-opener-policy"], "same-origin");
      assert.equal(answer.headers()["cross-origin-resource-policy"], "same-origin");
    }
    await context.close();
  });

  for (const what of ["html", "policy", "code"]) {
    it(`stops ${what} made from a string`, async () => {
      const { page, context } = await enter(browser, null);
      await page.goto("/sign-in");
      await settle(page);
      // In a timer of the page's own: what a debugger evaluates directly is not bound by the policy.
      const thrown = await page.evaluate(
        (what) =>
          new Promise((done) => {
            const probes = {
              html: () => {
                document.createElement("div").innerHTML = "<b>x</b>";
              },
              policy: () => window.trustedTypes.createPolicy("mine", { createHTML: (s) => s }),
              code: () => new Function("return 1")(),
            };
            setTimeout(() => {
              try {
                probes[what]();
                done(null);
              } catch (error) {
                done(error.name);
              }
            });
          }),
        what,
      );
      assert.match(String(thrown), /TypeError|EvalError/);
      await context.close();
    });
  }

  it("stops style elements, style attributes and foreign requests", async () => {
    const { page, context, faults } = await enter(browser, null);
    await page.goto("/sign-in");
    await settle(page);
    faults.length = 0;
    await page.evaluate(() => {
      const style = document.createElement("style");
      style.textContent = "body{display:none}";
      document.head.append(style);
      const image = new Image();
      image.src = "https://localhost:1/x.png";
      document.body.setAttribute("style", "display:none");
      return fetch("https://localhost:1/").catch(() => {});
    });
    await eventually(() => {
      const stopped = new Set(faults.filter((f) => f.startsWith("csp")).map((f) => f.split(" ")[1]));
      for (const directive of ["style-src-elem", "style-src-attr", "img-src", "connect-src"])
        assert.ok(stopped.has(directive), `${directive} let through:\n${faults.join("\n")}`);
    });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).display), "block");
    await context.close();
  });
});

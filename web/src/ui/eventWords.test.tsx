import i18next from "i18next";
import { beforeAll, expect, it } from "vitest";
import type { LedgerEvent } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { type EventNames, eventWords } from "./eventWords";

const NAMES: EventNames = {
  user: (id) => ({ u1: "Anna Kowalska", u2: "Jan Nowak" })[id] ?? id,
  team: (id) => ({ t1: "North", t2: "South" })[id] ?? id,
  partner: (id) => ({ p1: "Owl Agency" })[id] ?? id,
  role: (id) => ({ r1: "Seller", r2: "Auditor", viewer: "Viewer" })[id] ?? id,
};

beforeAll(async () => {
  await startWords();
  await switchLanguage("pl");
  await switchLanguage("en");
});

function said(act: string, detail: unknown, by?: string): string {
  const user = by ? { id: by, name: "Somebody" } : undefined;
  const event = { act, at: "2026-06-01T12:00:00Z", detail, user } as unknown as LedgerEvent;
  const t = i18next.getFixedT(null, "events");
  return eventWords(event, undefined, NAMES, t as never, (key) => i18next.exists(key)).join(" · ");
}

it("says of a refused sign-in whose it was, why, and from where", () => {
  const from = { network: "192.0.2.1", client: "Firefox" };
  const refused = (name: unknown, reason: string) => said("login.refused", { name, reason, ...from });
  expect(refused({ user: "u1" }, "wrong")).toBe(
    "Account: Anna Kowalska · wrong password · From 192.0.2.1, Firefox",
  );
  for (const [reason, words] of [
    ["wrong-code", "wrong code"],
    ["too-soon", "too soon after failed attempts; not checked"],
    ["network", "from a network that is not allowed"],
    ["hours", "outside working hours"],
    ["suspended", "the user is suspended"],
    ["left", "the user has left"],
    ["no-password", "the user has no password"],
    ["something-newer", "something-newer"],
  ] as const)
    expect(refused({ user: "u1" }, reason)).toContain(` · ${words} · `);
  for (const reason of ["unknown-name", "wrong"])
    expect(refused({ mac: "ab" }, reason)).toBe("Unknown name · From 192.0.2.1, Firefox");
  expect(refused({ mac: "ab" }, "too-soon")).toMatch(/^Unknown name · too soon/);
  // Nobody said a name: the passkey did not fit, or there was nothing to finish.
  expect(refused({ mac: "ab" }, "wrong-passkey")).toBe("wrong passkey · From 192.0.2.1, Firefox");
  // Whose name the reader may not see stays an id.
  expect(refused({ user: "u9" }, "wrong")).toMatch(/^Account: u9 · /);
});

it("says what of a user was changed", () => {
  const same = { roles: [["r1"], ["r1"]], teams: ["t1", "t1"] };
  const update = (detail: object, by = "u2") => said("user.update", { user: "u1", ...same, ...detail }, by);
  expect(update({ fields: ["active"], active: false })).toBe("Suspended Anna Kowalska");
  expect(update({ fields: ["active"], active: true })).toBe("Reactivated Anna Kowalska");
  // What is false all along was not changed by this.
  expect(update({ fields: ["email"], active: false })).toBe("User: Anna Kowalska · changed: e-mail address");
  expect(update({ fields: ["name", "lang"] })).toBe("User: Anna Kowalska · changed: name, language");
  expect(update({ fields: ["roles", "team"], roles: [["r1"], ["r2", "r9"]], teams: ["t1", "t2"] })).toBe(
    "User: Anna Kowalska · roles given: Auditor, r9 · roles taken away: Seller · team: North → South",
  );
  expect(update({ fields: ["ends_at"], ends_at: "2027-01-31T12:00:00Z" })).toMatch(
    /^User: Anna Kowalska · leaving date set to 31 Jan 2027/,
  );
  expect(update({ fields: ["ends_at"], ends_at: null })).toBe("User: Anna Kowalska · leaving date removed");
  expect(update({ fields: [] })).toBe("User: Anna Kowalska · nothing changed");
  // Events of before do not say which team it was.
  expect(update({ fields: ["team"], teams: undefined })).toBe("User: Anna Kowalska · changed: team");
  expect(update({ fields: ["lang"] }, "u1")).toBe("changed: language");
});

it("names roles, teams and owners that were given", () => {
  expect(said("user.create", { user: "u1", team: "t1", roles: ["r1", "r2"] })).toBe(
    "User: Anna Kowalska · Roles: Seller, Auditor · Team: North",
  );
  const label = { pl: "Sprzedaż", en: "Selling" };
  // As they were called then, also for whoever may not look at roles.
  expect(said("user.create", { user: "u1", roles: ["r1", "r9"], labels: { r9: label } })).toBe(
    "User: Anna Kowalska · Roles: Seller, Selling",
  );
  expect(said("role.update", { role: "r1", name: "s", before: { label }, after: { label } })).toBe(
    "Role: Selling",
  );
  expect(said("role.delete", { role: "r1", before: { label } })).toBe("Role: Selling");
  expect(said("service_account.hand_over", { user: "u9", owners: ["u1", "u2"] })).toBe(
    "User: u9 · owner: Anna Kowalska → Jan Nowak",
  );
  expect(said("view.update", { view: "v1", shared: true, owners: ["u1", "u2"] }, "u3")).toBe(
    "owner: Anna Kowalska → Jan Nowak",
  );
});

it("says with whom a record was shared, as what and until when", () => {
  const detail = { grant: "g1", to: { user: "u2" }, role: "viewer", fields: null, with_related: false };
  expect(
    said("grant.create", { ...detail, until: "2027-01-31T12:00:00Z", reason: "Holidays" }, "u1"),
  ).toMatch(/^shared with Jan Nowak · Role: Viewer · until 31 Jan 2027, \d\d:00 · Reason: Holidays$/);
  const whole = { ...detail, to: { team: "t1" }, role: "newer", until: null, with_related: true };
  expect(said("grant.create", { ...whole, fields: ["name"] })).toBe(
    "shared with the team North · Role: newer · without an end · together with notes and activities · Fields: name",
  );
  expect(said("grant.end", { grant: "g1", to: { partner: "p1" } })).toBe(
    "shared with the partner Owl Agency",
  );
  // Only a beginning that was still to come is said.
  const begins = (from: string) => said("grant.create", { ...detail, from, until: null });
  expect(begins("2027-01-01T12:00:00Z")).toMatch(/ · from 1 Jan 2027, \d\d:00 · without an end$/);
  expect(begins("2026-01-01T12:00:00Z")).not.toContain("from");
});

it("says of the end of sharing whose it was, and who had given it where another ended it", () => {
  const end = (by?: string) => said("grant.end", { grant: "g1", to: { user: "u2" }, by: "u1" }, by);
  expect(end("u1")).toBe("shared with Jan Nowak");
  expect(end("u2")).toBe("shared with Jan Nowak · given by Anna Kowalska");
});

it("says of a renewal until when it was and is, and who had given it before", () => {
  const renewed = { to: { user: "u2" }, role: "viewer", was_until: "2026-06-30T12:00:00Z", by_before: "u1" };
  const until = "2027-01-31T12:00:00Z";
  expect(said("grant.renew", { ...renewed, until, reason: null }, "u3")).toMatch(
    /^shared with Jan Nowak · given by Anna Kowalska · Role: Viewer · until 31 Jan 2027, \d\d:00 · before that until 30 Jun 2026, \d\d:00$/,
  );
});

it("says of records that were handed over from whom to whom", () => {
  const begun = { to: ["u2", "u9"] };
  expect(said("record.bulk", { begun, from: "u1", total: 3 })).toBe("owner: Anna Kowalska → Jan Nowak, u9");
  expect(said("record.bulk", { begun: { to: ["u2"] }, total: 3 })).toBe("Owner: Jan Nowak");
  expect(said("record.bulk", { begun: { action: "delete" }, total: 3 })).toBe("");
});

it("speaks Polish too", async () => {
  await switchLanguage("pl");
  expect(said("user.update", { user: "u1", fields: ["active"], active: false }, "u2")).toBe(
    "Zawieszono: Anna Kowalska",
  );
  expect(
    said("login.refused", { name: { user: "u1" }, reason: "hours", network: "192.0.2.1", client: "" }),
  ).toBe("Konto: Anna Kowalska · poza godzinami pracy · Z adresu 192.0.2.1");
  expect(said("login.refused", { name: { mac: "ab" }, reason: "unknown-name" })).toBe("Nieznany login");
  expect(said("grant.end", { grant: "g1", to: { partner: "p1" } })).toBe("komu: partner Owl Agency");
  await switchLanguage("en");
});

it("says of an attempt what was tried, how often, and from where", () => {
  const from = { network: "192.0.2.1", client: "curl" };
  const tried = (detail: object) => said("access.refused", { ...detail, ...from });
  expect(tried({ tried: "record", route: "GET /api/v1/{entities}/{id}" })).toBe(
    "tried to open a record that does not exist or cannot be seen · Request: GET /api/v1/{entities}/{id} · From 192.0.2.1, curl",
  );
  expect(tried({ tried: "right", action: "manage", thing: "teams" })).toContain(
    " · Action: manage · Area: teams · ",
  );
  expect(tried({ tried: "token", action: "read", by_token: true })).toContain(
    " · Action: read · by a token · ",
  );
  expect(tried({ tried: "fields", fields: ["pesel"], unknown: 2 })).toContain(
    " · 2 names that no field has · Fields: pesel · ",
  );
  expect(tried({ tried: "record", count: 295, since: "2026-06-01T12:00:00Z" })).toContain(
    " · 295 attempts since ",
  );
  expect(tried({ tried: "something-newer" })).toContain("something-newer · ");
  // Those for which a reason is given say that, as before.
  expect(said("access.refused", { reason: "hours", ...from })).toBe(
    "outside working hours · From 192.0.2.1, curl",
  );
});

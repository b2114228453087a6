import { expect, it } from "vitest";
import { byReason, grantsOf, type Seer } from "./whoGroups";

type Reason = Seer["reasons"][number];
const role = { id: "r", name: "r", label: "R" };
const held = (via: "team" | "owner"): Reason => ({
  action: "read",
  rule: "role",
  role,
  scope: "team",
  via,
  label: via,
});
const given = (grant: string, until?: string): Reason => ({
  action: "read",
  rule: "grant",
  role,
  via: "grant",
  grant,
  ...(until && { until }),
  label: `${grant} until ${until}`,
});

const seer = (name: string, ...reasons: Reason[]): Seer => ({
  user: { id: name, name },
  team: { id: "t", name: "Zespół" },
  actions: ["read"],
  fields: { hidden: [], masked: [], writable: [] },
  reasons,
});

const told = (people: Seer[]) =>
  byReason(people).map((g) => [g.shared ? "shared" : g.label, g.people.map((p) => p.user.id)]);

it("tells a reason once for all who have it, in the order of the server", () => {
  expect(told([seer("a", held("team")), seer("b", held("owner")), seer("c", held("team"))])).toEqual([
    ["team", ["a", "c"]],
    ["owner", ["b"]],
  ]);
});

it("tells those it was shared with together, at the end, whatever grant each has and until when", () => {
  const until = "2026-12-27T22:59:59Z";
  const both = seer("d", held("owner"), given("g3"));
  expect(told([seer("a", given("g1", until)), both, seer("c", given("g2"))])).toEqual([
    ["owner", ["d"]],
    ["shared", ["a", "c"]],
  ]);
  expect(grantsOf(both).map((reason) => reason.grant)).toEqual(["g3"]);
});

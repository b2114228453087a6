import { expect, it } from "vitest";
import { byReason, type Seer } from "./whoGroups";

const seer = (name: string, via: "team" | "owner"): Seer => ({
  user: { id: name, name },
  team: { id: "t", name: "Zespół" },
  actions: ["read"],
  fields: { hidden: [], masked: [], writable: [] },
  reasons: [
    {
      action: "read",
      rule: "role",
      role: { id: "r", name: "r", label: "R" },
      scope: "team",
      via,
      label: via,
    },
  ],
});

it("tells a reason once for all who have it, in the order of the server", () => {
  const groups = byReason([seer("a", "team"), seer("b", "owner"), seer("c", "team")]);
  expect(groups.map((g) => [g.label, g.people.map((p) => p.user.id)])).toEqual([
    ["team", ["a", "c"]],
    ["owner", ["b"]],
  ]);
});

import { expect, it } from "vitest";
import type { Grant, GrantableRole } from "@/api/types";
import { dayOf } from "@/lib/days";
import {
  bodyOf,
  endOf,
  endsSoon,
  firstDraft,
  inOrder,
  inRoleOrder,
  renewedUntil,
  roleOf,
  VIEWER,
} from "./share";

const role = (id: string, label = id): GrantableRole => ({ id, name: label, label, actions: ["read"] });

it("begins at once, for thirty days", () => {
  expect(firstDraft("2026-12-05")).toMatchObject({
    role: null,
    from: "",
    until: "2027-01-04",
    fields: [],
    to: null,
  });
});

it("lasts to the end of the chosen day, where the user is", () => {
  const end = new Date(endOf("2026-12-27"));
  expect([end.getDate(), end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([27, 23, 59, 59]);
});

it("asks for what was chosen, and leaves out what was not", () => {
  const draft = {
    ...firstDraft("2026-12-05"),
    to: "user:u",
    until: "",
    reason: "  Pomoc \n przy   ofercie ",
  };
  expect(bodyOf(draft, VIEWER)).toEqual({
    to: { user: "u" },
    role: VIEWER,
    with_related: false,
    reason: "Pomoc przy ofercie",
  });
  const days = { from: "2026-12-20", until: "2026-12-27" };
  const more = { ...draft, to: "team:t", related: true, fields: ["name"], ...days };
  expect(bodyOf(more, "r")).toMatchObject({
    role: "r",
    from: new Date(2026, 11, 20).toISOString(),
    to: { team: "t" },
    with_related: true,
    fields: ["name"],
    until: endOf("2026-12-27"),
  });
});

it("asks nothing as long as something is missing", () => {
  const draft = firstDraft("2026-12-05");
  expect(bodyOf(draft, undefined)).toEqual(["to", "role", "reason"]);
  expect(bodyOf({ ...draft, to: "user:u", reason: " a    b " }, VIEWER)).toEqual(["reason"]);
});

it("offers the roles made for sharing first, and begins with the first", () => {
  const contributor = "6b6c7563-0000-8000-8000-7a6e696b0009";
  const offered = inRoleOrder([role("b", "Zarząd"), role(contributor), role("c", "Analiza"), role(VIEWER)]);
  expect(offered.map(({ id }) => id)).toEqual([VIEWER, contributor, "c", "b"]);
  const draft = firstDraft("2026-12-05");
  expect(roleOf(draft, offered)?.id).toBe(VIEWER);
  expect(roleOf(draft, [])).toBeUndefined();
  // One that was chosen and may not be given any more is not silently another.
  expect(roleOf({ ...draft, role: "c" }, offered)?.id).toBe("c");
  expect(roleOf({ ...draft, role: "gone" }, offered)).toBeUndefined();
});

it("tells what ends within seven days", () => {
  const now = Date.parse("2026-12-01T12:00:00Z");
  const soon = (until: string | null, state: Grant["state"] = "in_force") =>
    endsSoon({ state, until } as Grant, now);
  expect(soon("2026-12-08T12:00:00Z")).toBe(true);
  expect(soon("2026-12-08T12:00:01Z")).toBe(false);
  expect(soon(null)).toBe(false);
  expect(soon("2026-11-30T12:00:00Z", "ended")).toBe(false);
  expect(soon("2026-12-02T12:00:00Z", "pending")).toBe(false);
});

it("renews from the end on, or from today if that is over", () => {
  const renewed = (until: string | null, state: Grant["state"] = "in_force") =>
    renewedUntil({ until, state } as Grant, "2026-12-05", dayOf);
  expect(renewed(endOf("2026-12-10"))).toBe("2027-01-09");
  expect(renewed(endOf("2026-12-01"), "ended")).toBe("2027-01-04");
  expect(renewed(null)).toBe("2027-01-04");
  expect(renewed(endOf("2028-12-01"))).toBe("2028-12-05");
});

it("lists what is in force first, then what will be, the latest first", () => {
  const grant = (id: string, state: Grant["state"], at: string) => ({ id, state, at }) as Grant;
  const grants = [
    grant("old", "ended", "2026-01-09T00:00:00Z"),
    grant("first", "in_force", "2026-01-01T00:00:00Z"),
    grant("later", "pending", "2026-01-08T00:00:00Z"),
    grant("last", "in_force", "2026-01-02T00:00:00Z"),
  ];
  expect(inOrder(grants).map((one) => one.id)).toEqual(["last", "first", "later", "old"]);
});

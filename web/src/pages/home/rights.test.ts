import { describe, expect, it } from "vitest";
import type { Me } from "@/api/types";
import { blocksOf } from "./rights";

const me = (entities: Me["entities"], things: Me["things"] = {}, granted: Me["granted"] = {}) =>
  ({ entities, things, granted }) as Me;
const on = (blocks: ReturnType<typeof blocksOf>) =>
  Object.entries(blocks).flatMap(([name, has]) =>
    has === true || (Array.isArray(has) && has.length) ? name : [],
  );

describe("blocks of the home page", () => {
  it("are the seller's own work", () => {
    const own = { read: "team", create: "team", update: "team" } as const;
    expect(on(blocksOf(me({ activity: own, deal: own, company: own, person: own, lead: own })))).toEqual([
      "activities",
      "deals",
      "recent",
      "pipeline",
    ]);
  });
  it("are an overview for whoever sees all deals", () => {
    const blocks = blocksOf(
      me({ deal: { read: "all" }, activity: { read: "all", create: "own" }, lead: { read: "all" } }),
    );
    expect(on(blocks)).toEqual(["activities", "pipeline", "overview"]);
  });
  it("are leads without deals, the ledger with or without records, and the system", () => {
    expect(on(blocksOf(me({ lead: { read: "all", update: "all" }, deal: {} })))).toEqual(["marketing"]);
    expect(on(blocksOf(me({ person: { read: "all" } }, { ledger: "read" })))).toEqual(["ledger", "erasures"]);
    expect(on(blocksOf(me({ person: {} }, { ledger: "read", system: "manage" })))).toEqual([
      "ledger",
      "signIns",
      "system",
    ]);
  });
  it("say where what was shared is, for whoever has nothing else", () => {
    expect(on(blocksOf(me({ person: {} })))).toEqual(["nothing"]);
    expect(on(blocksOf(me({ person: { read: "none" } }, {}, { person: ["read"] })))).toEqual(["onlyShared"]);
    // What was shared makes nobody a seller.
    expect(on(blocksOf(me({}, { ledger: "read" }, { deal: ["read"] })))).toEqual(["ledger", "signIns"]);
  });
  it("keep the sign-ins for an administrator who also sells", () => {
    const both = me({ person: { read: "all" } }, { ledger: "read", users: "manage" });
    expect(on(blocksOf(both))).toEqual(["ledger", "erasures", "signIns"]);
  });
});

import { expect, it } from "vitest";
import { joinNetworks, splitNetworks } from "./networks";

it("takes networks apart however they are typed, and shows them again", () => {
  const typed = " 192.0.2.0/24,\n2001:db8::/32;198.51.100.7  ";
  const networks = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"];
  expect(splitNetworks(typed)).toEqual(networks);
  expect(splitNetworks(joinNetworks(networks))).toEqual(networks);
  expect(splitNetworks("  ")).toEqual([]);
  expect(joinNetworks(undefined)).toBe("");
});

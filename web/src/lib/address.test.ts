import { expect, it } from "vitest";
import { inside, outside, tidyAddress } from "./address";

const at = (path: string) => new URL(path, "https://crm.example");
const path = (url: URL) => url.pathname + url.search + url.hash;

it("sends neither conditions nor the page that one came from, and reads them all the same", () => {
  for (const [known, shown] of [
    [
      "/leads?view=a&f=status%3Ain%3Anew&f=city%3Aeq%3A%C5%81%C3%B3d%C5%BA",
      "/leads?view=a#f=status%3Ain%3Anew&f=city%3Aeq%3A%C5%81%C3%B3d%C5%BA",
    ],
    ["/people?f=source%3Aeq%3Aa%23b", "/people#f=source%3Aeq%3Aa%23b"],
    [
      "/sign-in?ended=1&to=%2Fleads%3Ff%3Dx%253Aeq%253Ay",
      "/sign-in?ended=1#to=%2Fleads%3Ff%3Dx%253Aeq%253Ay",
    ],
  ] as const) {
    expect(path(outside(at(known)))).toBe(shown);
    expect(path(inside(at(shown)))).toBe(known);
  }
});

it("leaves every other address as it is", () => {
  for (const known of [
    "/",
    "/people/a?tab=details",
    "/link#c2VjcmV0",
    "/link#f1=a",
    "/deals?v=board#f=a&other=b",
  ]) {
    expect(path(outside(at(known)))).toBe(known);
    expect(path(inside(at(known)))).toBe(known);
  }
});

it("takes what an earlier address has in the open behind the mark", () => {
  history.replaceState({ key: "a" }, "", "/leads?f=rating%3Ain%3Ahot");
  tidyAddress();
  expect([location.search, location.hash, history.state]).toEqual(["", "#f=rating%3Ain%3Ahot", { key: "a" }]);
});

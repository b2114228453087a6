import { expect, it } from "vitest";
import { officeWords, startWords, switchLanguage } from "@/i18n";
import { placeText, withPlace } from "./place";

it("names the place of an address in the language in use, and nothing where there is no table", async () => {
  await startWords();
  await officeWords();
  await switchLanguage("en");
  expect(placeText({ kind: "country", country: "DE" })).toBe("Germany");
  expect(placeText({ kind: "local" })).toBe("local network");
  expect(placeText({ kind: "unknown" })).toBe("unknown place");
  expect(withPlace("192.0.2.7", undefined)).toBe("192.0.2.7");
  await switchLanguage("pl");
  expect(withPlace("192.0.2.7", { kind: "country", country: "DE" })).toBe("192.0.2.7, Niemcy");
  expect(withPlace("10.0.0.7", { kind: "local" })).toBe("10.0.0.7, sieć lokalna");
});

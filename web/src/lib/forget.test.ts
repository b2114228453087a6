import { afterEach, expect, it } from "vitest";
import { forgetKept, keepAgain } from "./forget";
import { recall, remember } from "./remembered";

afterEach(() => {
  keepAgain();
  sessionStorage.clear();
  localStorage.clear();
});

it("leaves of a session that is over the words for theme and language", () => {
  localStorage.setItem("klucznik-theme", "dark");
  localStorage.setItem("klucznik-lang", "en");
  localStorage.setItem("draft", "Kowalska");
  sessionStorage.setItem("klucznik-jobs-put-away", '["a"]');
  const number = remember({ q: "Kowalska" });
  forgetKept();
  expect({ ...localStorage }).toEqual({ "klucznik-theme": "dark", "klucznik-lang": "en" });
  expect({ ...sessionStorage }).toEqual({});
  expect(recall(number)).toBeUndefined();
});

it("leaves nothing that is written as the page goes, until somebody is signed in again", () => {
  forgetKept();
  sessionStorage.setItem("scrolled", "{}");
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage.length).toBe(0);
  keepAgain();
  sessionStorage.setItem("scrolled", "{}");
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage.length).toBe(1);
});

import { afterEach, expect, it } from "vitest";
import { closeOverlay, isOverlayOpen, overlayNow } from "./overlay";
import { bringBack, forgetTyped, isWaiting, keepTyped, noteTyping } from "./waiting";

const typed = {
  entity: "person",
  args: { initial: { city: "Gdynia" } },
  values: { last_name: "Nowak" },
  owner: null,
  parent: null,
};

afterEach(() => {
  noteTyping(null);
  forgetTyped();
  closeOverlay();
});

const leaving = () => {
  const event = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(event);
  return event.defaultPrevented;
};

it("brings back what was typed to whoever typed it, once", () => {
  noteTyping(typed);
  keepTyped("anna");
  noteTyping(null);
  expect(isWaiting()).toBe(true);
  expect(leaving()).toBe(true);
  bringBack("anna");
  const { values, owner, parent } = typed;
  expect(overlayNow().quickAdd).toEqual({
    entity: "person",
    initial: { city: "Gdynia" },
    typed: { values, owner, parent },
  });
  expect(leaving()).toBe(false);
  closeOverlay();
  bringBack("anna");
  expect(isOverlayOpen()).toBe(false);
});

it("is gone for anybody else, and when its user signs out", () => {
  noteTyping(typed);
  keepTyped("anna");
  bringBack("piotr");
  expect(isOverlayOpen()).toBe(false);
  bringBack("anna");
  expect(isOverlayOpen()).toBe(false);
  keepTyped("anna");
  forgetTyped();
  bringBack("anna");
  expect(isOverlayOpen()).toBe(false);
});

it("keeps nothing where nothing was typed", () => {
  keepTyped("anna");
  expect(isWaiting()).toBe(false);
});

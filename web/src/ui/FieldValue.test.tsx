import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { PhoneText } from "./valueText";

const parts = (value: string) => {
  const { container } = render(<PhoneText value={value} />);
  expect(container.textContent).toBe(value);
  return [...container.querySelectorAll("span > span")].map((part) => part.textContent);
};

it("sets a Polish number in threes, and leaves it bare for copying", () => {
  expect(parts("+48601234567")).toEqual(["+48", "601", "234", "567"]);
});

it("leaves numbers of other countries and what is no number as they are", () => {
  for (const value of ["+14155550123", "+4860123456", "•••4567"]) expect(parts(value)).toEqual([]);
});

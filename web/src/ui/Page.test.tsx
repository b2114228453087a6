import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { closeOverlay, openQuickAdd } from "@/lib/overlay";
import { Page } from "./Page";

const show = (title: string) =>
  render(
    <Page title={title} tab={title}>
      text
    </Page>,
    { wrapper: MantineProvider },
  );

it("takes the focus on arrival, but not from what was opened meanwhile", () => {
  show("First");
  expect(screen.getByRole("heading", { name: "First" })).toHaveFocus();
  const field = document.body.appendChild(document.createElement("input"));
  act(() => openQuickAdd());
  field.focus();
  show("Second");
  expect(field).toHaveFocus();
  act(closeOverlay);
  show("Third");
  expect(screen.getByRole("heading", { name: "Third" })).toHaveFocus();
});

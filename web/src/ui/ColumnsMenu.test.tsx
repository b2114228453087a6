import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { startWords, switchLanguage } from "@/i18n";
import { ColumnsMenu } from "./ColumnsMenu";

vi.setConfig({ testTimeout: 30_000 });

const all = ["Name", "Town", "Phone", "Site"].map((label) => ({ id: label.toLowerCase(), label }));

/** Opened, before a table whose settings have not come round yet. */
async function open(shown: string[]) {
  await startWords();
  await switchLanguage("en");
  const onChange = vi.fn();
  render(<ColumnsMenu all={all} shown={shown} onChange={onChange} onReset={() => {}} />, {
    wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider>,
  });
  await userEvent.click(screen.getByRole("button", { name: "Columns" }));
  return onChange;
}

it("answers at once, and one choice builds on the one before", async () => {
  const onChange = await open(["name", "town"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Site" }));
  expect(screen.getByRole("checkbox", { name: "Site" })).toBeChecked();
  await userEvent.click(screen.getByRole("checkbox", { name: "Town" }));
  expect(screen.getByRole("checkbox", { name: "Town" })).not.toBeChecked();
  expect(onChange.mock.calls).toEqual([[["name", "town", "site"]], [["name", "site"]]]);
});

it("leaves the focus with the row that moves, also at the end of its way", async () => {
  const onChange = await open(["name", "town", "phone"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "Site" }));
  expect(screen.getByRole("checkbox", { name: "Site" })).toHaveFocus();
  screen.getByRole("button", { name: /Site.*up|up.*Site/i }).focus();
  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("button", { name: /Site.*up|up.*Site/i })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(onChange).toHaveBeenLastCalledWith(["name", "site", "town", "phone"]);
  expect(screen.getByRole("checkbox", { name: "Site" })).toHaveFocus();
});

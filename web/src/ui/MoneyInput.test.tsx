import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { Money, Value } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { MoneyInput } from "./MoneyInput";

vi.setConfig({ testTimeout: 30_000 });

let saved: Value | undefined;

function Form({ start }: { start: Money | null }) {
  const [value, setValue] = useState<Value>(start);
  saved = value;
  return (
    <MoneyInput
      common={{ "aria-label": "Value" }}
      label="Value"
      value={value as Money | null}
      onChange={setValue}
    />
  );
}

async function show(start: Money | null) {
  await startWords();
  await switchLanguage("en");
  render(<Form start={start} />, {
    wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider>,
  });
}

const currency = async (code: string) => {
  await userEvent.click(screen.getByRole("combobox"));
  await userEvent.click(screen.getByRole("option", { name: code }));
};

it("keeps the currency of an amount that is emptied and typed anew", async () => {
  await show({ amount: "10", currency: "EUR" });
  await userEvent.clear(screen.getByLabelText("Value"));
  expect(saved).toBeNull();
  await userEvent.type(screen.getByLabelText("Value"), "7");
  expect(saved).toEqual({ amount: "7", currency: "EUR" });
});

it("stores nothing for a currency alone, and uses it for the amount to come", async () => {
  await show(null);
  await currency("USD");
  expect(saved).toBeNull();
  await userEvent.type(screen.getByLabelText("Value"), "5");
  expect(saved).toEqual({ amount: "5", currency: "USD" });
  await currency("EUR");
  expect(saved).toEqual({ amount: "5", currency: "EUR" });
});

it("takes what the server takes: four places, and less than nothing", async () => {
  await show({ amount: "0.1234", currency: "EUR" });
  expect(screen.getByLabelText("Value")).toHaveValue("0.1234");
  await userEvent.clear(screen.getByLabelText("Value"));
  await userEvent.type(screen.getByLabelText("Value"), "-1234.56789");
  expect(saved).toEqual({ amount: "-1234.5678", currency: "EUR" });
});

import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import type { Field, Value } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { FieldInput } from "./FieldInput";

vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  await startWords();
  await switchLanguage("en");
});

let saved: Value | undefined;

function Form({ start }: { start: Value }) {
  const [value, setValue] = useState<Value>(start);
  saved = value;
  const field = { name: "n", kind: "integer", label: { pl: "N", en: "N" }, flags: {} } as Field;
  return <FieldInput field={field} value={value} onChange={setValue} />;
}

it("takes a number below zero as it is typed, and a sign alone as no number rather than as nothing", async () => {
  render(<Form start={7} />, {
    wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider>,
  });
  const field = screen.getByLabelText("N");
  await userEvent.clear(field);
  expect(saved).toBeNull();
  await userEvent.type(field, "-");
  expect(saved).toBe("-");
  await userEvent.type(field, "12");
  expect(field).toHaveValue("-12");
  expect(saved).toBe(-12);
});

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { officeWords, startWords, switchLanguage } from "@/i18n";
import { Password } from "./Password";

vi.mock("@/lib/entities", () => ({ useMe: () => ({ user: { login: "anna.kowalska" } }) }));
vi.setConfig({ testTimeout: 30_000 });

async function show() {
  await startWords();
  await officeWords();
  await switchLanguage("en");
  render(<Password />, {
    wrapper: ({ children }) => (
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider env="test">{children}</MantineProvider>
      </QueryClientProvider>
    ),
  });
  const fields = [/Current password/, /New password/].map((name) =>
    screen.getByLabelText<HTMLInputElement>(name),
  );
  expect(fields.map((field) => field.autocomplete)).toEqual(["current-password", "new-password"]);
  return fields;
}

it("hides what is typed until asked to show it", async () => {
  for (const field of await show()) {
    await userEvent.type(field, "zielony rower");
    expect(field.type).toBe("password");
    const reveal = field.parentElement?.parentElement?.querySelector("button");
    if (!reveal) throw new Error("nothing shows what was typed");
    await userEvent.click(reveal);
    expect([field.type, field.value]).toEqual(["text", "zielony rower"]);
    await userEvent.click(reveal);
    expect(field.type).toBe("password");
  }
});

it("takes what is pasted whole, also when it is too long: the server says so", async () => {
  const long = "ż ".repeat(200);
  for (const field of await show()) {
    await userEvent.click(field);
    await userEvent.paste(long);
    expect(field.value).toBe(long);
  }
});

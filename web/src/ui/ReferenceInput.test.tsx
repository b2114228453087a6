import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense, useState } from "react";
import { beforeAll, expect, it, vi } from "vitest";
import { startWords, switchLanguage } from "@/i18n";
import { ReferenceInput } from "./ReferenceInput";

vi.setConfig({ testTimeout: 30_000 });

const company = { name: "company", plural: "companies", title: "name", fields: [] };
const asked: string[] = [];

beforeAll(async () => {
  await startWords();
  await switchLanguage("en");
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return Response.json({
      items: [{ id: "c1", fields: { name: "Alfa" } }],
      next_cursor: null,
      access: {},
    });
  });
});

function Form() {
  const [value, setValue] = useState<string | null>(null);
  return <ReferenceInput entity="company" aria-label="Company" value={value} onChange={setValue} />;
}

it("reads records only once it is opened, and no more for the name of the chosen one", async () => {
  const client = new QueryClient();
  client.setQueryDefaults(["entities"], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryDefaults(["me"], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(["entities"], [company]);
  client.setQueryData(["me"], { hidden: {} });
  render(
    <Suspense>
      <Form />
    </Suspense>,
    {
      wrapper: ({ children }) => (
        <MantineProvider env="test">
          <QueryClientProvider client={client}>{children}</QueryClientProvider>
        </MantineProvider>
      ),
    },
  );
  const field = screen.getByRole("combobox", { name: "Company" });
  expect(asked).toEqual([]);
  await userEvent.click(field);
  await userEvent.click(await screen.findByRole("option", { name: "Alfa" }));
  await waitFor(() => expect(field).toHaveValue("Alfa"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked).toEqual(["/api/v1/companies?limit=20&fields=name"]);
});

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Entity } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { failed } from "@/lib/undo";
import { FilterBar } from "./FilterBar";

vi.mock("@/lib/undo", () => ({ failed: vi.fn() }));
vi.mock("./FilterBarEditor", () => {
  throw new TypeError("no line");
});

it("says so if the editor cannot be fetched", async () => {
  await startWords();
  await switchLanguage("en");
  const client = new QueryClient();
  for (const key of ["me", "entities"])
    client.setQueryDefaults([key], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(["me"], { user: { id: "a" }, hidden: {} });
  client.setQueryData(["entities"], []);
  const person = { name: "person", plural: "people", fields: [] } as unknown as Entity;
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <FilterBar entity={person} conditions={[]} onChange={vi.fn()} withheld={new Set()} refs={{}} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Add condition" }));
  await waitFor(() => expect(failed).toHaveBeenCalled());
});

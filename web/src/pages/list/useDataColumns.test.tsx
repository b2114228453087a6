import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { Entity, Row } from "@/api/types";
import type { Column } from "./columns";
import { useDataColumns } from "./useDataColumns";

vi.mock("@tanstack/react-router", () => {
  const go = () => {};
  return { useNavigate: () => go };
});

it("names teams that are known only after the columns", async () => {
  const client = new QueryClient();
  const entity = { name: "note", plural: "notes", title: "body", fields: [] } as unknown as Entity;
  client.setQueryDefaults(["entities"], { staleTime: Number.POSITIVE_INFINITY });
  client.setQueryData(["entities"], [entity]);
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  const shown = [{ id: "team", width: 100 }] as Column[];
  const refs = {};
  const { result } = renderHook(() => useDataColumns(entity, shown, refs), {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  const row = { id: "1", team: "t1", fields: {} } as unknown as Row;
  expect(result.current[0]?.cell(row)).toBe("");
  await act(async () => {
    client.setQueryData(["teams"], [{ id: "t1", name: "North" }]);
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(result.current[0]?.cell(row)).toBe("North");
});

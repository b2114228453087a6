import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { entitiesQuery, recordQuery } from "@/api/queries";
import type { AccessRequest, Entity, GrantableRole, RecordView } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { ApproveDialog } from "./ApproveDialog";

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await startWords();
  await switchLanguage("en");
});

// A dialog that has closed gives the focus back a moment later; the page is to be there until then.
afterAll(() => new Promise<void>((resolve) => setTimeout(resolve, 100)));

const person = { name: "person", plural: "people", parents: [], fields: [] } as unknown as Entity;
const asked = { id: "r", record: "p", entity: "person", until: null } as unknown as AccessRequest;

/** A server where these roles may be given; what it was sent. */
function show(roles: GrantableRole[], onClose = () => {}) {
  const sent: { url: string; body: Record<string, unknown> }[] = [];
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    if (method !== "POST") return Response.json({ items: roles, fields: null });
    sent.push({ url, body: JSON.parse(String(body)) });
    return Response.json({ id: "g" });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(entitiesQuery.queryKey, [person]);
  client.setQueryData(recordQuery("people", "p").queryKey, {
    access: { hidden: [] },
  } as unknown as RecordView);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <ApproveDialog entity={person} request={asked} name="Tomasz" onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return sent;
}

const give = () => userEvent.click(screen.getByRole("button", { name: "Give access" }));

it("gives the first of the roles that may be given, unless another is chosen", async () => {
  const close = vi.fn();
  const sent = show([{ id: "v", name: "custom", label: "Analysis", actions: ["read", "export"] }], close);
  await screen.findByText("Allows: read, export");
  await give();
  await waitFor(() => expect(close).toHaveBeenCalled());
  expect(sent[0]?.url).toBe("/api/v1/access-requests/r/approve");
  expect(sent[0]?.body).toMatchObject({ role: "v", with_related: false });
  expect(sent[0]?.body).toHaveProperty("until");
});

it("asks nothing of the server where there is no role to give", async () => {
  const sent = show([]);
  await screen.findByText("There is no role that you may give here");
  await give();
  expect(sent).toEqual([]);
});

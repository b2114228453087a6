import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { meQuery } from "@/api/queries";
import type { Entity, Grant, Me } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { type Here, HereProvider } from "../here";
import { Grants } from "./Grants";

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await startWords();
  await switchLanguage("en");
});

const person = {
  name: "person",
  plural: "people",
  fields: [{ name: "email", label: { pl: "E-mail", en: "E-mail address" } }],
} as unknown as Entity;
const here = { entity: person, record: { id: "p", access: { actions: ["share"] } } } as unknown as Here;

const grant = (id: string, change: Partial<Grant>): Grant => ({
  id,
  user: { id: `user ${id}`, name: `User ${id}` },
  team: null,
  partner: null,
  role: { id: "r", name: "viewer", label: "Viewer" },
  with_related: false,
  fields: null,
  from: "2026-11-01T08:00:00Z",
  until: null,
  state: "in_force",
  by: { id: "anna", name: "Anna" },
  at: "2026-11-01T08:00:00Z",
  reason: "Helping with the offer",
  version: 3,
  may_end: true,
  may_renew: true,
  ...change,
});

interface Renewed {
  url: string;
  body: { until: string; reason?: string };
  version: string | null;
}

/** A server with these grants, of which some are ended, and some renewed. */
function show(grants: Grant[]) {
  let left = grants;
  const ended: string[] = [];
  const renewed: Renewed[] = [];
  vi.stubGlobal("fetch", async (url: string, { method, body, headers }: RequestInit) => {
    if (method === "POST") {
      renewed.push({ url, body: JSON.parse(String(body)), version: new Headers(headers).get("If-Match") });
      return Response.json(left[0]);
    }
    if (method !== "DELETE") return Response.json({ items: left });
    const id = url.split("/").pop() ?? "";
    ended.push(id);
    left = left.filter((one) => one.id !== id);
    return new Response(null, { status: 204 });
  });
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { user: { id: "anna" }, things: {}, entities: {} } as unknown as Me);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <HereProvider value={here}>
          <Grants />
        </HereProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ended, renewed };
}

it("tells of each what was given, why, by whom and how it stands", async () => {
  show([
    grant("a", { state: "ended", until: "2026-11-02T08:00:00Z", reason: null }),
    grant("b", { fields: ["email"], with_related: true }),
    grant("c", { state: "pending", user: null, team: { id: "t", name: "South" }, role: null }),
  ]);
  const items = await screen.findAllByRole("listitem");
  const texts = items.map((item) => item.textContent ?? "");
  expect(texts).toHaveLength(3);
  const [force = "", pending = "", ended = ""] = texts;
  for (const part of ["User b", "Viewer", "E-mail address", "with notes", "no end date", "the offer", "Anna"])
    expect(force).toContain(part);
  for (const part of ["South", "team", "not in force yet", "no longer exists"])
    expect(pending).toContain(part);
  for (const part of ["User a", "ended", "until 2 Nov 2026"]) expect(ended).toContain(part);
  expect(ended).not.toContain("Reason");
});

it("tells partners and those of one from teams and colleagues", async () => {
  const partner = { id: "o", name: "Owl Agency" };
  show([grant("a", { partner }), grant("b", { user: null, partner })]);
  const [user, whole] = await screen.findAllByRole("listitem");
  expect(user?.textContent).toContain("User aOwl AgencyViewer");
  expect(whole?.textContent).toContain("Owl AgencypartnerViewer");
  await userEvent.click(screen.getByRole("button", { name: "Renew: Owl Agency" }));
  expect(await screen.findByText(/at most a year from now/)).toBeVisible();
});

it("ends one by one press, and it is gone from the list", async () => {
  const { ended } = show([grant("a", { state: "ended" }), grant("b", {})]);
  await userEvent.click(await screen.findByRole("button", { name: "End access: User b" }));
  await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(1));
  expect(ended).toEqual(["b"]);
  const rest = within(screen.getByRole("listitem"));
  await userEvent.click(rest.getByRole("button", { name: "Remove from the list: User a" }));
  await screen.findByText("This record is not shared with anybody.");
  expect(ended).toEqual(["b", "a"]);
});

it("renews one until a later day, as it stood", async () => {
  const { renewed } = show([grant("a", { until: new Date(Date.now() + 2 * 86_400_000).toISOString() })]);
  const item = await screen.findByRole("listitem");
  expect(item).toHaveTextContent("ends in 2 days");
  await userEvent.click(within(item).getByRole("button", { name: "Renew: User a" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText(/^Reason/), "abc");
  await userEvent.click(dialog.getByRole("button", { name: "Renew" }));
  expect(dialog.getByLabelText(/^Reason/)).toBeInvalid();
  expect(renewed).toEqual([]);
  await userEvent.clear(dialog.getByLabelText(/^Reason/));
  await userEvent.click(dialog.getByRole("button", { name: "Renew" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const [{ url, body, version } = {} as Renewed] = renewed;
  expect(url).toBe("/api/v1/grants/a/renewal");
  expect(version).toBe('"3"');
  expect(Object.keys(body)).toEqual(["until"]);
  const days = (Date.parse(body.until) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(30);
  expect(days).toBeLessThan(33.1);
});

it("offers only what the server lets the user do", async () => {
  show([grant("a", { may_end: false, may_renew: false })]);
  await screen.findByRole("listitem");
  expect(screen.queryByRole("button")).toBeNull();
});

import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { colleaguesQuery, entitiesQuery, meQuery, partnersQuery, teamsQuery } from "@/api/queries";
import type { Colleague, Entity, GrantableRole, Me, Partner, Team } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { undoLast } from "@/lib/undo";
import { type Here, HereProvider } from "../here";
import { VIEWER } from "../share";
import { ShareDialog } from "./ShareDialog";

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await startWords();
  await switchLanguage("en");
});

// A dialog that has closed gives the focus back a moment later; the page is to be there until then.
afterAll(() => new Promise<void>((resolve) => setTimeout(resolve, 100)));

const person = {
  name: "person",
  plural: "people",
  parents: [],
  fields: [
    { name: "name", label: { pl: "Nazwa", en: "Name" } },
    { name: "email", label: { pl: "E-mail", en: "E-mail address" } },
    { name: "pesel", label: { pl: "PESEL", en: "PESEL" } },
  ],
} as unknown as Entity;
const note = { name: "note", plural: "notes", parents: ["person"], fields: [] } as unknown as Entity;
const ACCESS = { actions: ["read", "share"], hidden: ["pesel"], masked: [], writable: [] };
const here = { entity: person, record: { id: "p", access: ACCESS } } as unknown as Here;

interface Sent {
  method?: string;
  path: string;
  body: Record<string, unknown>;
}

const ROLES: GrantableRole[] = [
  { id: "c", name: "custom", label: "Analysis", actions: ["read", "export"] },
  { id: VIEWER, name: "viewer", label: "Viewer", actions: ["read"] },
];

/** What may be given: more comes along with the name, and less may be given with what hangs on the record. */
function grantable(path: string) {
  const { searchParams } = new URL(path, "https://localhost");
  return {
    items: searchParams.get("with_related") ? ROLES.slice(1) : ROLES,
    fields: searchParams.get("fields") ? ["name", "email"] : null,
  };
}

/** A server that gives this answer to whoever shares, and remembers what else it was asked. */
function serve(answer: () => Response): Sent[] {
  const sent: Sent[] = [];
  vi.stubGlobal("fetch", async (url: string, { method, body }: RequestInit) => {
    const path = url.replace("/api/v1", "");
    if (path.includes("grantable-roles")) return Response.json(grantable(path));
    sent.push({ method, path, body: body ? JSON.parse(String(body)) : {} });
    return method === "POST" ? answer() : new Response(null, { status: 204 });
  });
  return sent;
}

function show(onClose = () => {}) {
  const client = new QueryClient();
  client.setQueryData(meQuery.queryKey, { user: { id: "me" }, things: {}, entities: {} } as unknown as Me);
  client.setQueryData(entitiesQuery.queryKey, [person, note]);
  client.setQueryData(teamsQuery.queryKey, [{ id: "t", name: "South" }] as Team[]);
  client.setQueryData(partnersQuery.queryKey, [
    { id: "p1", name: "Owl Agency", agreed: true },
    { id: "p2", name: "Lapsed Ltd", agreed: false },
  ] as Partner[]);
  client.setQueryData(colleaguesQuery.queryKey, [
    { id: "me", name: "Anna", active: true, service: false },
    { id: "u", name: "Tomasz", active: true, service: false },
    { id: "x", name: "Program", active: true, service: true },
  ] as Colleague[]);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <HereProvider value={here}>
          <ShareDialog onClose={onClose} />
        </HereProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const options = () => screen.getAllByRole("option", { hidden: true }).map((one) => one.textContent);
const share = () => userEvent.click(screen.getByRole("button", { name: "Share" }));

async function fill() {
  await userEvent.click(screen.getByRole("combobox", { name: /^With whom/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Tomasz" }));
  await userEvent.type(screen.getByLabelText(/^Reason/), "Helping with the offer");
}

it("offers people other than oneself and teams, and of fields those that are seen", async () => {
  serve(() => Response.json({}));
  show();
  await userEvent.click(screen.getByRole("combobox", { name: /^With whom/ }));
  await screen.findByRole("option", { name: "South" });
  await screen.findByText("Analysis");
  const offered = options();
  expect(offered).toEqual(
    expect.arrayContaining(["Tomasz", "South", "Owl Agency", "Viewer", "Analysis", "Name"]),
  );
  for (const other of ["Anna", "Program", "PESEL", "Lapsed Ltd"]) expect(offered).not.toContain(other);
});

it("says what is missing before it asks the server", async () => {
  const sent = serve(() => Response.json({}));
  show();
  await screen.findByText(/^Allows/);
  await share();
  expect(screen.getByText("Choose a person or a team.")).toBeVisible();
  expect(screen.getByLabelText(/^Reason/)).toBeInvalid();
  expect(sent).toEqual([]);
});

it("shares for thirty days as a viewer, and Undo ends that", async () => {
  const sent = serve(() => Response.json({ id: "g", user: { id: "u", name: "Tomasz" } }, { status: 201 }));
  const close = vi.fn();
  show(close);
  await fill();
  expect(await screen.findByText(/^Access for Tomasz: the role “Viewer” \(read\), until /)).toBeVisible();
  const before = Date.now();
  await share();
  await waitFor(() => expect(close).toHaveBeenCalled());
  const [{ path, body }] = sent.filter(({ method }) => method === "POST") as [Sent];
  expect(path).toBe("/people/p/grants");
  const { until, ...rest } = body;
  expect(rest).toEqual({
    to: { user: "u" },
    role: VIEWER,
    with_related: false,
    reason: "Helping with the offer",
  });
  const days = (Date.parse(String(until)) - before) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(31.1);
  await undoLast();
  expect(sent.filter(({ method }) => method === "DELETE").map((one) => one.path)).toEqual(["/grants/g"]);
});

it("shows what the server refuses at the field, and stays open", async () => {
  const issues = [{ field: "until", code: "out-of-range", reason: "At most two years." }];
  const problem = { type: "urn:klucznik:problem:invalid", title: "Invalid", status: 422, issues };
  serve(() => Response.json(problem, { status: 422 }));
  const close = vi.fn();
  show(close);
  await fill();
  await share();
  const told = await screen.findByText("At most two years.");
  expect(told).toBeVisible();
  expect(await screen.findByLabelText(/^Until/)).toBeInvalid();
  expect(close).not.toHaveBeenCalled();
  expect(screen.getByLabelText(/^Reason/)).toHaveValue("Helping with the offer");
});

it("says what comes along with the chosen fields, and who of a team gets it", async () => {
  serve(() => Response.json({}));
  show();
  await userEvent.click(screen.getByRole("combobox", { name: /^Only chosen fields/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Name" }));
  expect(await screen.findByText("These fields will be seen: Name, E-mail address.")).toBeVisible();
  await userEvent.click(screen.getByRole("combobox", { name: /^With whom/ }));
  await userEvent.click(await screen.findByRole("option", { name: "South" }));
  expect(screen.getByText(/^Access for the team South \(everybody who is in it\): the role/)).toBeVisible();
});

it("asks for another role once the chosen one may not be given any more", async () => {
  const sent = serve(() => Response.json({}));
  show();
  await fill();
  await userEvent.click(await screen.findByRole("combobox", { name: /^Role/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Analysis" }));
  expect(screen.getByText("Allows: read, export")).toBeVisible();
  await userEvent.click(screen.getByRole("checkbox", { name: /^Together with related/ }));
  await waitFor(() => expect(screen.queryByText("Allows: read, export")).toBeNull());
  await share();
  expect(await screen.findByText("Choose a role.")).toBeVisible();
  expect(sent).toEqual([]);
});

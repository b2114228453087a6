import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Job } from "@/api/types";
import { startWords, switchLanguage } from "@/i18n";
import { useJobWords } from "./JobsWords";

async function summary(job: Partial<Job>): Promise<string> {
  await startWords();
  await switchLanguage("en");
  const client = new QueryClient();
  client.setQueryData(["entities"], []);
  const { result } = renderHook(useJobWords, {
    wrapper: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  });
  return result.current.summary({ done: 120, ...job } as Job);
}

it("says that the ledger is intact only where it was verified to the end", async () => {
  const result = { events: 120, rows: 7, findings: [], checkpoint: null };
  const verified = { kind: "verify", state: "done", result } as unknown as Partial<Job>;
  expect(await summary(verified)).toBe("120 events verified · the ledger is intact");
  expect(await summary({ kind: "verify", state: "cancelled" })).toBe("120 done");
});

it("says of a file of headings that it has no rows, rather than that nothing changed", async () => {
  const result = { rows: 0, made: 0, updated: 0, duplicates: 0, refused: 0, finished: true };
  for (const kind of ["import", "import_dry_run"] as const) {
    const job = { kind, state: "done", result } as unknown as Partial<Job>;
    expect(await summary(job)).toMatch(/headings only/);
  }
});

it("claims no file and no unchanged records of a job that was stopped", async () => {
  expect(await summary({ kind: "export", state: "cancelled" })).toBe("120 done");
  expect(await summary({ kind: "bulk", state: "cancelled" })).toBe("120 done");
});

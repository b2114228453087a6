import { QueryClient } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import type { Job } from "@/api/types";
import { followed, know } from "./jobs";

const job = (id: string, state: Job["state"], done = 0) => ({ id, state, done }) as Job;
const begin = (...jobs: Job[]) => {
  const client = new QueryClient();
  client.setQueryData(["jobs"], jobs);
  return client;
};
const states = (client: QueryClient) =>
  client.getQueryData<Job[]>(["jobs"])?.map(({ id, state, done }) => `${id} ${state} ${done}`);
const isStale = (client: QueryClient) => client.getQueryState(["jobs"])?.isInvalidated;

it("keeps each job in its place, and what has ended as it ended", () => {
  const client = begin(job("b", "running"), job("a", "running"), job("z", "done", 9));
  know(client, job("a", "running", 3));
  expect(states(client)).toEqual(["b running 0", "a running 3", "z done 9"]);
  expect(isStale(client)).toBe(false);
  // The answer that started it comes after the news of its end.
  know(client, job("z", "queued"));
  expect(states(client)).toContain("z done 9");
});

it("asks for the list when a job is new, or over", () => {
  const client = begin(job("a", "running"));
  know(client, job("a", "done"));
  expect(isStale(client)).toBe(true);
  expect(states(client)).toEqual(["a running 0"]);
  client.setQueryData(["jobs"], [job("a", "done")]);
  know(client, job("b", "queued"));
  expect(states(client)).toEqual(["b queued 0", "a done 0"]);
  expect(isStale(client)).toBe(true);
});

it("follows a job to its end", async () => {
  const client = begin(job("a", "queued"));
  const step = vi.fn();
  const end = followed(client, "a", (now) => step(now.done));
  know(client, job("a", "running", 5));
  await vi.waitFor(() => expect(step.mock.calls.flat()).toEqual([0, 5]));
  client.setQueryData(["jobs"], [job("a", "done", 9)]);
  expect((await end)?.done).toBe(9);
});

it("ends with nothing if the server has forgotten the job", async () => {
  const client = begin(job("a", "running"));
  const end = followed(client, "a", () => {});
  client.setQueryData(["jobs"], []);
  expect(await end).toBeUndefined();
});

it("tells nothing once the user has signed out", async () => {
  const client = begin(job("a", "running"));
  const over = vi.fn();
  void followed(client, "a", () => {}).then(over);
  client.clear();
  await new Promise((resolve) => setTimeout(resolve));
  client.setQueryData(["jobs"], [job("a", "done")]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(over).not.toHaveBeenCalled();
});

import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Job } from "@/api/types";
import { HideJob } from "./JobsItem";
import { useHiddenJobs } from "./jobsHidden";

const job = { id: "a" } as Job;

function Place({ name }: { name: string }) {
  const hidden = useHiddenJobs();
  return <p>{`${name}: ${[...hidden].join()}`}</p>;
}

it("a job that is put away is gone from all places at once", async () => {
  render(
    <MantineProvider>
      <Place name="tray" />
      <Place name="home" />
      <HideJob job={job} />
    </MantineProvider>,
  );
  await userEvent.click(screen.getByRole("button"));
  expect(screen.getByText("tray: a")).toBeInTheDocument();
  expect(screen.getByText("home: a")).toBeInTheDocument();
});

it("is still put away when the page is loaded anew, and nothing but its id is kept", async () => {
  vi.resetModules();
  const anew = await import("./jobsHidden");
  const Anew = () => <p>{`anew: ${[...anew.useHiddenJobs()].join()}`}</p>;
  render(<Anew />);
  expect(screen.getByText("anew: a")).toBeInTheDocument();
  expect(Object.values({ ...sessionStorage })).toEqual(['["a"]']);
});

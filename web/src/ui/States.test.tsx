import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Problem } from "@/api/client";
import { startWords, switchLanguage } from "@/i18n";
import { Failed } from "./States";

const problem = (status: number) =>
  new Problem({
    type: "urn:klucznik:problem:internal",
    title: "Server error",
    status,
    detail: "Something went wrong.",
    request_id: "3f0c1b9a7d5e4286",
  });

it("tells the number of a request that failed at the server, and of no other", async () => {
  await startWords();
  await switchLanguage("en");
  const { rerender } = render(<Failed error={problem(500)} />, { wrapper: MantineProvider });
  expect(screen.getByRole("alert")).toHaveTextContent("Request number: 3f0c1b9a7d5e4286");
  rerender(<Failed error={problem(409)} />);
  expect(screen.getByRole("alert")).not.toHaveTextContent("3f0c1b9a7d5e4286");
});

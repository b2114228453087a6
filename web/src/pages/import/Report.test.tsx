import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { beforeAll, expect, it } from "vitest";
import type { ImportReport } from "@/api/types";
import { officeWords, startWords, switchLanguage } from "@/i18n";
import { Report } from "./Report";

beforeAll(async () => {
  await startWords();
  await officeWords();
  await switchLanguage("en");
});

const show = (counts: Partial<ImportReport>) => {
  const report = { entity: "person", rows: 5, duplicates: 0, refused: 0, listed: [], ...counts };
  render(<Report report={report as unknown as ImportReport} />, { wrapper: MantineProvider });
};

it("says that the list of refused rows is gone", () => {
  show({ refused: 3 });
  expect(screen.getByText(/list of rows not imported is gone/)).toBeInTheDocument();
});

it("says nothing of a list that nothing belongs to", () => {
  show({ made: 5 });
  expect(screen.queryByText(/not imported/)).toBeNull();
});

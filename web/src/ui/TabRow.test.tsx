import { MantineProvider, Tabs } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { TabRow } from "./TabRow";

const NAMES = ["one", "two", "three"];

function Row({ open }: { open: string }) {
  return (
    <MantineProvider>
      <Tabs value={open}>
        <TabRow open={open} label="Parts">
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </TabRow>
      </Tabs>
    </MantineProvider>
  );
}

it("brings the open tab into the middle of the row", () => {
  vi.spyOn(HTMLElement.prototype, "offsetLeft", "get").mockImplementation(function (this: HTMLElement) {
    return NAMES.indexOf(this.textContent ?? "") * 100;
  });
  vi.spyOn(Element.prototype, "clientWidth", "get").mockImplementation(function (this: Element) {
    return this.getAttribute("role") === "tablist" ? 150 : 100;
  });
  const { rerender } = render(<Row open="three" />);
  const row = screen.getByRole("tablist", { name: "Parts" });
  expect(row.scrollLeft).toBe(175);
  rerender(<Row open="two" />);
  expect(row.scrollLeft).toBe(75);
  vi.restoreAllMocks();
});

import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { startWords } from "@/i18n";
import { SearchBox } from "./SearchBox";

async function show() {
  await startWords();
  const asked = vi.fn();
  const box = (value: string) => <SearchBox value={value} label="Search" onChange={asked} />;
  const { rerender } = render(box(""), {
    wrapper: ({ children }) => <MantineProvider env="test">{children}</MantineProvider>,
  });
  return { asked, arrive: (value: string) => rerender(box(value)), input: screen.getByLabelText("Search") };
}

it("keeps letters typed before a view with words of its own arrives, and asks for them", async () => {
  const { asked, arrive, input } = await show();
  await userEvent.type(input, "ko");
  arrive("of the view");
  expect(input).toHaveValue("ko");
  await waitFor(() => expect(asked).toHaveBeenCalledWith("ko"));
});

it("follows the address where nothing waits to be sent", async () => {
  const { asked, arrive, input } = await show();
  arrive("of the view");
  expect(input).toHaveValue("of the view");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked).not.toHaveBeenCalled();
});

// What opens over a page: how it is opened by the keyboard, what of it is to be seen, what has opened it.
import assert from "node:assert/strict";
import { findings } from "./a11y.mjs";
import { api } from "./lib.mjs";

// What is open belongs to a control within a landmark, but is drawn beside all of them.
export const found = (page) => findings(page, { without: ["region"] });

const button = (page, name) => page.getByRole("button", { name, exact: typeof name === "string" });
const dialog = (page, name) => page.getByRole("dialog", { name });

/** Opens by the keyboard, as the focus is to come back to the keyboard. */
export async function press(page, opener, key = "Enter") {
  await opener.waitFor();
  await opener.focus();
  await page.keyboard.press(key);
}

/** By the header's menu. */
async function add(page, what) {
  await press(page, button(page, "Dodaj"));
  await press(page, page.getByRole("menuitem", { name: what, exact: true }));
  await dialog(page, /^Dodaj:/).waitFor();
  return button(page, "Dodaj");
}

/** An open list within takes the first one. */
export async function dismiss(page, shown) {
  for (let i = 0; i < 2 && (await shown.isVisible()); i++) {
    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
  }
}

async function leave(page) {
  await page.keyboard.press("Escape");
  const question = dialog(page, "Porzucić niezapisany rekord?");
  await question.waitFor();
  assert.deepEqual(await found(page), []);
  await button(page, "Porzuć wpisane dane").click();
}

/**
 * Each opens something and says what of it is to be seen and what has opened it; `close` closes it otherwise than by
 * Esc alone.
 */
export const STATES = [
  {
    name: "palette",
    who: "seller",
    path: "/people",
    open: async (page) => {
      const opener = button(page, "Szukaj lub wpisz polecenie");
      await press(page, opener);
      return { opener, shown: dialog(page, "Szukaj i polecenia") };
    },
  },
  {
    name: "palette with hits",
    who: "seller",
    path: "/people",
    open: async (page) => {
      const opener = page.getByPlaceholder("Szukaj na liście");
      await press(page, opener, "Control+k");
      const shown = dialog(page, "Szukaj i polecenia");
      await shown.waitFor();
      await page.keyboard.type("now");
      await shown.getByRole("option").nth(2).waitFor();
      return { opener, shown };
    },
  },
  {
    name: "quick add, empty",
    who: "seller",
    path: "/people",
    open: async (page) => ({ opener: await add(page, "Osoba"), shown: dialog(page, "Dodaj: osoba") }),
  },
  {
    name: "quick add, asking what",
    who: "seller",
    path: "/",
    open: async (page) => {
      const opener = button(page, "Szukaj lub wpisz polecenie");
      await press(page, opener, "n");
      return { opener, shown: dialog(page, /^Dodaj/) };
    },
  },
  {
    name: "quick add, all fields",
    who: "seller",
    path: "/companies",
    open: async (page) => {
      const opener = await add(page, "Firma");
      const shown = dialog(page, /^Dodaj/);
      await shown.getByRole("button", { name: /^Pokaż wszystkie pola/ }).click();
      return { opener, shown };
    },
  },
  {
    name: "quick add, with errors",
    who: "seller",
    path: "/companies",
    open: async (page) => {
      const opener = await add(page, "Firma");
      const shown = dialog(page, /^Dodaj/);
      await shown.getByRole("textbox", { name: /^NIP/ }).fill("1234567890");
      await page.keyboard.press("Control+Enter");
      await shown.getByRole("alert").first().waitFor();
      return { opener, shown };
    },
    close: leave,
  },
  {
    name: "quick add, with duplicates",
    who: "seller",
    path: "/companies",
    open: async (page) => {
      const { body } = await api(page, "GET", "/companies?limit=1&filter=nip:filled");
      const opener = await add(page, "Firma");
      const shown = dialog(page, /^Dodaj/);
      await shown.getByRole("textbox", { name: /^NIP/ }).fill(body.items[0].fields.nip);
      await shown.getByText("Na pewno to samo").first().waitFor();
      return { opener, shown };
    },
    close: leave,
  },
  {
    name: "condition editor",
    who: "seller",
    path: "/leads",
    open: async (page) => {
      const opener = button(page, "Dodaj warunek");
      await press(page, opener);
      const shown = page.getByRole("combobox", { name: "Pole" });
      await shown.fill("Status");
      await page.getByRole("option", { name: "Status", exact: true }).click();
      await page.getByLabel("Wartość").first().waitFor();
      return { opener, shown };
    },
  },
  {
    name: "condition editor, list of fields",
    who: "seller",
    path: "/leads",
    open: async (page) => {
      const opener = button(page, "Dodaj warunek");
      await press(page, opener);
      const shown = page.getByRole("combobox", { name: "Pole" });
      await shown.waitFor();
      await page.keyboard.press("ArrowDown");
      await page.getByRole("option").first().waitFor();
      return { opener, shown };
    },
    close: async (page) => {
      await page.keyboard.press("Escape");
      await page.getByRole("option").first().waitFor({ state: "hidden" });
      await page.keyboard.press("Escape");
    },
  },
  {
    name: "columns",
    who: "seller",
    path: "/people",
    open: async (page) => {
      const opener = button(page, "Kolumny");
      await press(page, opener);
      return { opener, shown: page.getByRole("list", { name: "Kolumny" }) };
    },
  },
  {
    name: "saved views",
    who: "seller",
    path: "/notes",
    open: async (page) => {
      const opener = button(page, /^Wszystkie/);
      await press(page, opener);
      return { opener, shown: page.getByRole("menuitem", { name: "Zapisz jako nowy widok" }) };
    },
  },
  {
    name: "bulk bar",
    who: "seller",
    path: "/people",
    open: async (page) => {
      const opener = page.getByRole("checkbox", { name: /^Zaznacz: / }).first();
      await press(page, opener, "Space");
      return { opener, shown: page.getByRole("region", { name: "Działania na zaznaczonych" }) };
    },
  },
  {
    name: "new owner of many",
    who: "seller",
    path: "/people",
    open: async (page) => {
      await press(page, page.getByRole("checkbox", { name: /^Zaznacz: / }).first(), "Space");
      const opener = button(page, "Zmień właściciela");
      await press(page, opener);
      return { opener, shown: dialog(page, "Zmień właściciela") };
    },
  },
  {
    name: "export",
    who: "management",
    path: "/people",
    open: async (page) => {
      const opener = button(page, "Eksportuj");
      await press(page, opener);
      return { opener, shown: dialog(page, "Eksport") };
    },
  },
  {
    name: "move-to menu",
    who: "seller",
    path: "/deals?v=board",
    open: async (page) => {
      const opener = page.locator("[data-move]").first();
      await press(page, opener);
      return { opener, shown: page.getByRole("menu", { name: "Przenieś do" }) };
    },
  },
  {
    name: "record menu",
    who: "seller",
    path: "/people/:id",
    open: async (page) => {
      const opener = button(page, "Więcej czynności");
      await press(page, opener);
      return { opener, shown: page.getByRole("menuitem", { name: "Przenieś do kosza" }) };
    },
  },
  {
    name: "new owner of one",
    who: "seller",
    path: "/people/:id",
    open: async (page) => {
      const opener = button(page, "Więcej czynności");
      await press(page, opener);
      await press(page, page.getByRole("menuitem", { name: "Zmień właściciela" }));
      return { opener, shown: dialog(page, "Zmień właściciela") };
    },
  },
  {
    name: "field being edited",
    who: "seller",
    path: "/people/:id?tab=details",
    open: async (page) => {
      const opener = page.locator("[data-field='job_title'] button");
      await press(page, opener.first());
      return { opener: opener.first(), shown: page.locator("[data-field='job_title'] input") };
    },
  },
  {
    name: "date picker of a field",
    who: "seller",
    path: "/deals/:id?tab=details",
    open: async (page) => {
      const opener = page.locator("[data-field='expected_close'] [data-edit]");
      await press(page, opener);
      const shown = page.locator("[data-field='expected_close'] input").first();
      await shown.click();
      await page.getByRole("table").first().waitFor();
      return { opener, shown };
    },
    close: async (page) => {
      await page.keyboard.press("Escape");
      await page.waitForTimeout(200);
      if (await page.locator("[data-field='expected_close'] input").count())
        await page.keyboard.press("Escape");
    },
  },
  {
    name: "picker of a moment",
    who: "seller",
    path: "/notes",
    open: async (page) => {
      await add(page, "Aktywność");
      const opener = dialog(page, /^Dodaj/).locator("[data-field='due'] button[aria-haspopup='dialog']");
      await press(page, opener.first());
      return { opener: opener.first(), shown: page.locator("[data-dates-dropdown]") };
    },
  },
  {
    name: "job tray",
    who: "seller",
    path: "/",
    open: async (page) => {
      const opener = button(page, /^Zadania w tle/);
      await press(page, opener);
      return { opener, shown: dialog(page, "Zadania w tle") };
    },
  },
  {
    name: "notifications at hand",
    who: "admin",
    path: "/",
    open: async (page) => {
      const opener = button(page, /^Powiadomienia/);
      await press(page, opener);
      return { opener, shown: dialog(page, "Powiadomienia") };
    },
  },
  {
    name: "profile menu",
    who: "seller",
    path: "/",
    open: async (page) => {
      const opener = button(page, /^Menu użytkownika/);
      await press(page, opener);
      return { opener, shown: page.getByRole("menuitem", { name: "Moje konto" }) };
    },
  },
  {
    name: "shortcut help by its key",
    who: "seller",
    path: "/deals?v=board",
    open: async (page) => {
      const opener = button(page, "Szukaj lub wpisz polecenie");
      await press(page, opener, "?");
      return { opener, shown: dialog(page, "Skróty klawiszowe") };
    },
  },
  {
    name: "shortcut help by the menu",
    who: "seller",
    path: "/",
    open: async (page) => {
      const opener = button(page, /^Menu użytkownika/);
      await press(page, opener);
      await press(page, page.getByRole("menuitem", { name: "Skróty klawiszowe" }));
      return { opener, shown: dialog(page, "Skróty klawiszowe") };
    },
  },
  {
    name: "difference of roles",
    who: "admin",
    path: "/admin/roles/:role",
    open: async (page) => {
      const label = page.getByRole("textbox", { name: /angielsk/i }).first();
      await label.fill(`${await label.inputValue()} x`);
      const opener = button(page, "Pokaż różnice i zapisz");
      await press(page, opener);
      return { opener, shown: dialog(page, "Co się zmieni") };
    },
    tidy: (page) => button(page, /^(Cofnij zmiany|Przywróć|Odrzuć)/).click(),
  },
  {
    name: "copy of a role",
    who: "admin",
    path: "/admin/roles/:role",
    open: async (page) => {
      const opener = button(page, /^Kopiuj|^Utwórz kopię|^Powiel/);
      await press(page, opener);
      return { opener, shown: page.getByRole("dialog").first() };
    },
  },
  {
    name: "new user",
    who: "admin",
    path: "/admin/users",
    open: async (page) => {
      const opener = button(page, /^Dodaj użytkownika/);
      await press(page, opener);
      return { opener, shown: page.getByRole("dialog").first() };
    },
  },
  {
    name: "new token",
    who: "seller",
    path: "/account?tab=tokens",
    open: async (page) => {
      const opener = page.locator("main").getByRole("button", { name: /token/i }).first();
      await press(page, opener);
      return { opener, shown: page.getByRole("dialog").first() };
    },
  },
];

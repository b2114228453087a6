// What opens over a page: how it is opened by the keyboard, what of it is to be seen, what has opened it.
import assert from "node:assert/strict";
import { findings } from "./a11y.mjs";
import { api } from "./lib.mjs";

// What is open belongs to a control within a landmark, but is drawn beside all of them.
export const found = (page) => findings(page, { without: ["region"] });

// Each names a part of a page that is given later.
const by =
  (role, name, exact = typeof name === "string") =>
  (page) =>
    page.getByRole(role, { name, exact });
const button = (name) => by("button", name);
const dialog = (name) => by("dialog", name, false);
const item = (name) => by("menuitem", name);
const first = (part) => (page) => part(page).first();
const field = (name, what) => (page) => page.locator(`[data-field='${name}'] ${what}`).first();

const ADD = button("Dodaj");
const SEARCH = button("Szukaj lub wpisz polecenie");
const PALETTE = dialog("Szukaj i polecenia");
const QUICK_ADD = dialog(/^Dodaj/);
const CONDITION = button("Dodaj warunek");
const TICK = first(by("checkbox", /^Zaznacz: /));
const OWNER = dialog("Zmień właściciela");
const MORE = button("Więcej czynności");
const PROFILE = button(/^Menu użytkownika/);
const SHORTCUTS = dialog("Skróty klawiszowe");

/** Opens by the keyboard, as the focus is to come back to the keyboard. */
export async function press(page, opener, key = "Enter") {
  await opener.waitFor();
  await opener.focus();
  await page.keyboard.press(key);
}

/**
 * Opens by a key on `opener`, after what comes `before`; `through` is pressed within what opens first. `after` works in
 * what is open.
 */
const opens =
  (opener, shown, { key, before, through, after } = {}) =>
  async (page) => {
    await before?.(page);
    await press(page, opener(page), key);
    if (through) await press(page, through(page));
    if (after) {
      await shown(page).waitFor();
      await after(page, shown(page));
    }
    return { opener: opener(page), shown: shown(page) };
  };

/** By the header's menu. */
const adds = (what, after) => opens(ADD, QUICK_ADD, { through: item(what), after });

const nip = (page) => QUICK_ADD(page).getByRole("textbox", { name: /^NIP/ });

/** An open list within takes the first one. */
export async function dismiss(page, shown) {
  for (let i = 0; i < 2; i++) {
    await page.keyboard.press("Escape");
    const gone = shown.waitFor({ state: "hidden", timeout: 2000 }).then(() => true);
    if (await gone.catch(() => false)) return;
  }
}

async function leave(page) {
  await page.keyboard.press("Escape");
  await dialog("Porzucić niezapisany rekord?")(page).waitFor();
  assert.deepEqual(await found(page), []);
  await button("Porzuć wpisane dane")(page).click();
}

/** Closes what is open within by a first Esc, and what it is in by a second. */
const inTwo = (within) => async (page) => {
  await page.keyboard.press("Escape");
  await within(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Escape");
};

const OPTION = (page) => page.getByRole("option").first();
const CALENDAR = (page) => page.locator("[data-dates-dropdown]");

/**
 * Each opens something and says what of it is to be seen and what has opened it; `close` closes it otherwise than by
 * Esc alone.
 */
export const STATES = [
  { name: "palette", who: "seller", path: "/people", open: opens(SEARCH, PALETTE) },
  {
    name: "palette with hits",
    who: "seller",
    path: "/people",
    open: opens((page) => page.getByPlaceholder("Szukaj na liście"), PALETTE, {
      key: "Control+k",
      after: async (page, shown) => {
        await page.keyboard.type("now");
        await shown.getByRole("option").nth(2).waitFor();
      },
    }),
  },
  { name: "quick add, empty", who: "seller", path: "/people", open: adds("Osoba") },
  {
    name: "quick add, asking what",
    who: "seller",
    path: "/",
    open: opens(SEARCH, QUICK_ADD, { key: "n" }),
  },
  {
    name: "quick add, all fields",
    who: "seller",
    path: "/companies",
    open: adds("Firma", (_, shown) => shown.getByRole("button", { name: /^Pokaż wszystkie pola/ }).click()),
  },
  {
    name: "quick add, with errors",
    who: "seller",
    path: "/companies",
    open: adds("Firma", async (page, shown) => {
      await nip(page).fill("1234567890");
      await page.keyboard.press("Control+Enter");
      await shown.getByRole("alert").first().waitFor();
    }),
    close: leave,
  },
  {
    name: "quick add, with duplicates",
    who: "seller",
    path: "/companies",
    open: adds("Firma", async (page, shown) => {
      const { body } = await api(page, "GET", "/companies?limit=1&filter=nip:filled");
      await nip(page).fill(body.items[0].fields.nip);
      await shown.getByText("Na pewno to samo").first().waitFor();
    }),
    close: leave,
  },
  {
    name: "condition editor",
    who: "seller",
    path: "/leads",
    open: opens(CONDITION, by("combobox", "Pole"), {
      after: async (page, shown) => {
        await shown.fill("Status");
        await page.getByRole("option", { name: "Status", exact: true }).click();
        await page.getByLabel("Wartość").first().waitFor();
      },
    }),
  },
  {
    name: "condition editor, list of fields",
    who: "seller",
    path: "/leads",
    open: opens(CONDITION, by("combobox", "Pole"), {
      after: async (page) => {
        await page.keyboard.press("ArrowDown");
        await OPTION(page).waitFor();
      },
    }),
    close: inTwo(OPTION),
  },
  { name: "columns", who: "seller", path: "/people", open: opens(button("Kolumny"), by("list", "Kolumny")) },
  {
    name: "saved views",
    who: "seller",
    path: "/notes",
    open: opens(button(/^Wszystkie/), item("Zapisz jako nowy widok")),
  },
  {
    name: "bulk bar",
    who: "seller",
    path: "/people",
    open: opens(TICK, by("region", "Działania na zaznaczonych"), { key: "Space" }),
  },
  {
    name: "new owner of many",
    who: "seller",
    path: "/people",
    open: opens(button("Zmień właściciela"), OWNER, { before: (page) => press(page, TICK(page), "Space") }),
  },
  { name: "export", who: "management", path: "/people", open: opens(button("Eksportuj"), dialog("Eksport")) },
  {
    name: "move-to menu",
    who: "seller",
    path: "/deals?v=board",
    open: opens((page) => page.locator("[data-move]").first(), by("menu", "Przenieś do")),
  },
  {
    name: "record menu",
    who: "seller",
    path: "/people/:id",
    open: opens(MORE, item("Przenieś do kosza")),
  },
  {
    name: "new owner of one",
    who: "seller",
    path: "/people/:id",
    open: opens(MORE, OWNER, { through: item("Zmień właściciela") }),
  },
  {
    name: "field being edited",
    who: "seller",
    path: "/people/:id?tab=details",
    open: opens(field("job_title", "button"), field("job_title", "input")),
  },
  {
    name: "date picker of a field",
    who: "seller",
    path: "/deals/:id?tab=details",
    open: opens(field("expected_close", "[data-edit]"), field("expected_close", "input"), {
      after: async (page, shown) => {
        await shown.click();
        await CALENDAR(page).waitFor();
      },
    }),
    close: inTwo(CALENDAR),
  },
  {
    name: "picker of a moment",
    who: "seller",
    path: "/notes",
    open: opens(field("due", "button[aria-haspopup='dialog']"), CALENDAR, { before: adds("Aktywność") }),
  },
  {
    name: "job tray",
    who: "seller",
    path: "/",
    open: opens(button(/^Zadania w tle/), dialog("Zadania w tle")),
  },
  {
    name: "notifications at hand",
    who: "admin",
    path: "/",
    open: opens(button(/^Powiadomienia/), dialog("Powiadomienia")),
  },
  { name: "profile menu", who: "seller", path: "/", open: opens(PROFILE, item("Moje konto")) },
  {
    name: "shortcut help by its key",
    who: "seller",
    path: "/deals?v=board",
    open: opens(SEARCH, SHORTCUTS, { key: "?" }),
  },
  {
    name: "shortcut help by the menu",
    who: "seller",
    path: "/",
    open: opens(PROFILE, SHORTCUTS, { through: item("Skróty klawiszowe") }),
  },
  {
    name: "difference of roles",
    who: "admin",
    path: "/admin/roles/:role",
    open: opens(button("Pokaż różnice i zapisz"), dialog("Co się zmieni"), {
      before: async (page) => {
        const label = page.getByRole("textbox", { name: /angielsk/i }).first();
        await label.fill(`${await label.inputValue()} x`);
      },
    }),
    tidy: (page) => button(/^(Cofnij zmiany|Przywróć|Odrzuć)/)(page).click(),
  },
  {
    name: "copy of a role",
    who: "admin",
    path: "/admin/roles/:role",
    open: opens(button(/^Kopiuj|^Utwórz kopię|^Powiel/), first(dialog(/./))),
  },
  {
    name: "new user",
    who: "admin",
    path: "/admin/users",
    open: opens(button(/^Dodaj użytkownika/), first(dialog(/./))),
  },
  {
    name: "working hours",
    who: "admin",
    path: "/admin/sessions",
    open: opens(button(/^Godziny pracy: Handlowiec\./), dialog(/^Godziny pracy/)),
  },
  {
    name: "new application with codes",
    who: "seller",
    path: "/account?tab=security",
    open: opens(button("Dodaj aplikację z kodami"), dialog("Dodaj aplikację z kodami")),
  },
  {
    name: "new token",
    who: "seller",
    path: "/account?tab=tokens",
    open: opens(
      (page) => page.locator("main").getByRole("button", { name: /token/i }).first(),
      first(dialog(/./)),
    ),
  },
];

import { localStorageColorSchemeManager } from "@mantine/core";

/** Only the word "light", "dark" or "auto" is kept in the browser. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: "klucznik-theme" });

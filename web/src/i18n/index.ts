// Both languages, one file a subject (`pl/list.json` is the namespace `list`). Only the language in use is loaded.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang, Text } from "@/api/types";

type Words = Record<string, { default: Record<string, unknown> }>;

const load: Record<Lang, () => Promise<{ words: Words }>> = {
  pl: () => import("./pl"),
  en: () => import("./en"),
};

const nameOf = (path: string) => path.replace(/^\.\//, "").replace(/\.json$/, "");

async function add(lang: Lang): Promise<void> {
  if (i18next.hasResourceBundle(lang, "common")) return;
  const { words } = await load[lang]();
  for (const [path, file] of Object.entries(words)) {
    i18next.addResourceBundle(lang, nameOf(path), file.default, true, true);
  }
}

export async function startWords(): Promise<void> {
  const lang: Lang = document.documentElement.lang === "en" ? "en" : "pl";
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: false,
    ns: [],
    defaultNS: "common",
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await add(lang);
  await i18next.changeLanguage(lang);
}

/** Switches the language without a reload. Only the word "pl" or "en" is kept in the browser. */
export async function switchLanguage(lang: Lang): Promise<void> {
  await add(lang);
  await i18next.changeLanguage(lang);
  document.documentElement.lang = lang;
  try {
    localStorage.setItem("klucznik-lang", lang);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

export const currentLang = (): Lang => (i18next.language === "en" ? "en" : "pl");

/** A text of the server's descriptors in the language in use. */
export const inWords = (text: Text | undefined): string => (text ? text[currentLang()] : "");

// Both languages, one file a subject (`pl/list.json` is the namespace `list`). Only the language in use is loaded, and
// what is in `office` only with the pages that are written with it.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Lang, Text } from "@/api/types";

type Words = Record<string, { default: Record<string, unknown> }>;

type Load = Record<Lang, () => Promise<{ words: Words }>>;

const load: Load = {
  pl: () => import("./pl"),
  en: () => import("./en"),
};
const loadOffice: Load = {
  pl: () => import("./pl/office"),
  en: () => import("./en/office"),
};

const nameOf = (path: string) => path.replace(/^\.\//, "").replace(/\.json$/, "");

/** `known` is one of the subjects: where it is there, so are the others. */
async function add(from: Load, lang: Lang, known: string): Promise<void> {
  if (i18next.hasResourceBundle(lang, known)) return;
  const { words } = await from[lang]();
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
  await add(load, lang, "common");
  await i18next.changeLanguage(lang);
}

let inOffice = false;

/** The words of the pages of those who keep the program in order. */
export function officeWords(): Promise<void> {
  inOffice = true;
  return add(loadOffice, currentLang(), "admin");
}

/** Switches the language without a reload. Only the word "pl" or "en" is kept in the browser. */
export async function switchLanguage(lang: Lang): Promise<void> {
  await Promise.all([add(load, lang, "common"), inOffice && add(loadOffice, lang, "admin")]);
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

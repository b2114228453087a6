// Fails on a text that stands in one language only, or that no code uses; plural forms are complete in both, and every act
// of the ledger has words.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const PLURALS = { pl: ["one", "few", "many", "other"], en: ["one", "other"] };
const SUFFIX = /_(zero|one|two|few|many|other)$/;
const problems = [];

function flat(value, prefix = "") {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" ? flat(inner, `${prefix}${key}.`) : [[`${prefix}${key}`, inner]],
  );
}

function read(lang) {
  const found = new Map();
  for (const folder of [`src/i18n/${lang}`, `src/i18n/${lang}/office`])
    for (const [space, file] of subjects(folder))
      for (const [key, text] of flat(JSON.parse(readFileSync(file, "utf8"))))
        found.set(`${space}:${key}`, text);
  return found;
}

function subjects(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => [name.replace(".json", ""), join(folder, name)]);
}

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.|schema\.d\.ts/.test(name)
      ? [[path, readFileSync(path, "utf8")]]
      : [];
  });
}

const kept = { pl: read("pl"), en: read("en") };
const bases = {};
for (const lang of ["pl", "en"]) {
  bases[lang] = new Map();
  for (const [key, text] of kept[lang]) {
    if (typeof text !== "string" || text.trim() === "") problems.push(`${lang} ${key}: empty`);
    const form = key.match(SUFFIX)?.[1];
    const base = key.replace(SUFFIX, "");
    const one = bases[lang].get(base) ?? { forms: [], names: new Set() };
    if (form) one.forms.push(form);
    for (const [, name] of String(text).matchAll(/{{\s*(\w+)/g)) one.names.add(name);
    bases[lang].set(base, one);
  }
  for (const [base, { forms }] of bases[lang]) {
    if (forms.length === 0) continue;
    for (const form of PLURALS[lang])
      if (!forms.includes(form)) problems.push(`${lang} ${base}: no form _${form}`);
  }
}
for (const [one, two] of [
  ["pl", "en"],
  ["en", "pl"],
]) {
  for (const [base, { names }] of bases[one]) {
    const twin = bases[two].get(base);
    if (!twin) problems.push(`${base}: in ${one} only`);
    else if ([...names].sort().join() !== [...twin.names].sort().join())
      problems.push(`${base}: other names in {{}} in pl and en`);
  }
}

// A key is used if it stands in the code whole, or by a template whose fixed beginning it has; without a namespace, in
// a file that names the key's own one.
const spaces = new Set([...bases.pl.keys()].map((k) => k.split(":")[0]));
const code = sources("src");
const whole = new Set();
const begun = new Set();
for (const [, text] of code) {
  const named = [...text.matchAll(/["'`](\w+)["'`]/g)].map(([, word]) => word);
  const own = ["common", ...new Set(named.filter((word) => spaces.has(word)))];
  const full = (key) => (key.includes(":") ? [key] : own.map((space) => `${space}:${key}`));
  for (const [, key] of text.matchAll(/["'`]([A-Za-z][\w]*(?:[:.][\w-]+)*)["'`]/g))
    for (const one of full(key)) whole.add(one);
  for (const [, key] of text.matchAll(/`([A-Za-z][\w:.-]*[.:])\$\{/g))
    for (const one of full(key)) begun.add(one);
}
for (const key of bases.pl.keys())
  if (!whole.has(key) && ![...begun].some((beginning) => key.startsWith(beginning)))
    problems.push(`${key}: not used`);
// Every key asked for literally with its namespace, or in a component's own namespace, exists.
for (const [, text] of code) {
  const own = text.match(/useTranslation\(\s*["'](\w+)["']/)?.[1] ?? "common";
  for (const [, key] of text.matchAll(/\bt\(\s*["']([^"'`$]+)["']/g)) {
    const full = key.includes(":") ? key : `${own}:${key}`;
    if (spaces.has(full.split(":")[0]) && !bases.pl.has(full))
      problems.push(`${full}: asked for, but not there`);
  }
}

// Whatever the ledger can say was done has words: the list is checked against the program by `cargo xtask tidy`.
const acts = [...readFileSync("../docs/events.md", "utf8").matchAll(/^\| \d+ \| `([\w.]+)`/gm)];
if (acts.length === 0) problems.push("../docs/events.md: no acts found");
for (const [, act] of acts)
  if (!bases.pl.has(`events:act.${act}`))
    problems.push(`events:act.${act}: in docs/events.md, but not there`);

// What comes with some pages only is used on those alone.
const office = new Set(subjects("src/i18n/pl/office").map(([space]) => space));
for (const [path, text] of code)
  if (!/^src\/pages\/(account|admin|import|jobs|reviews)\//.test(path))
    for (const [, named, begun] of text.matchAll(/useTranslation\(\s*"(\w+)"|\bt\(\s*["'`](\w+):/g))
      if (office.has(named ?? begun)) problems.push(`${path}: ${named ?? begun} is not loaded here`);

if (problems.length > 0) {
  console.error([...new Set(problems)].sort().join("\n"));
  console.error(`${problems.length} problems with texts in src/i18n.`);
  process.exit(1);
}
console.log(`${bases.pl.size} texts, in Polish and English.`);

// `npm run e2e [-- FILTER…] [--only PATTERN]`: starts the program on sample data, runs the specs (all, or those whose
// name holds a FILTER) against it one after another, stops it. `--only "dark"` runs only the tests whose names match:
// `npm run e2e -- a11y --only "dark"` looks at the dark pages, `--only "people"` at these pages in every mode.
// KLUCZNIK_E2E_LANG=en makes the journeys of identity in English, KLUCZNIK_SHOTS=FOLDER keeps pictures of their screens.
// KLUCZNIK_BIN names the program, KLUCZNIK_URL a server that already runs (with KLUCZNIK_DEV=1, a development server).
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { startServer } from "./lib.mjs";
import { guess, unique } from "./made.mjs";

const { values, positionals: filters } = parseArgs({
  options: { only: { type: "string", multiple: true } },
  allowPositionals: true,
});
const patterns = (values.only ?? []).map((only) => `--test-name-pattern=${only}`);
const specs = readdirSync(import.meta.dirname, { recursive: true })
  .filter((name) => name.endsWith(".spec.mjs"))
  .filter((name) => filters.length === 0 || filters.some((f) => name.includes(f)))
  .sort()
  .map((name) => `${import.meta.dirname}/${name}`);

const server = process.env.KLUCZNIK_URL ? null : await startServer();
process.env.KLUCZNIK_URL ??= server.url;
// A name is nearly locked by wrong passwords, whose waits take a minute, while other specs run.
process.env.KLUCZNIK_GUESSED = `zapominalski.${unique()}`;
if (specs.some((path) => path.includes("live"))) guess(process.env.KLUCZNIK_GUESSED, 9).catch(() => {});
const child = spawn(
  process.execPath,
  ["--test", "--test-concurrency=1", "--test-reporter=spec", ...patterns, ...specs],
  { stdio: "inherit" },
);
const code = await new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
await server?.stop();
process.exit(code);

// `npm run e2e [-- FILTER…]`: starts the program on sample data, runs the specs (all, or those whose name holds a
// FILTER) against it one after another, stops it.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { startServer } from "./lib.mjs";

const filters = process.argv.slice(2);
const specs = readdirSync(import.meta.dirname, { recursive: true })
  .filter((name) => name.endsWith(".spec.mjs"))
  .filter((name) => filters.length === 0 || filters.some((f) => name.includes(f)))
  .sort()
  .map((name) => `${import.meta.dirname}/${name}`);

const server = process.env.KLUCZNIK_URL ? null : await startServer();
const child = spawn(process.execPath, ["--test", "--test-concurrency=1", "--test-reporter=spec", ...specs], {
  stdio: "inherit",
  env: { ...process.env, KLUCZNIK_URL: process.env.KLUCZNIK_URL ?? server.url },
});
const code = await new Promise((done) => child.on("exit", (code) => done(code ?? 1)));
await server?.stop();
process.exit(code);

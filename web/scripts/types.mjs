// Types of the API, made from the server's own OpenAPI document. With --check only compares.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const PLACE = "src/api/schema.d.ts";
const HEAD = "// Made by `npm run types` from the server's OpenAPI document. Do not edit.\n";

const document = execFileSync("cargo", ["xtask", "openapi"], {
  cwd: "..",
  encoding: "utf8",
  maxBuffer: 64 << 20,
});
const made = HEAD + astToString(await openapiTS(JSON.parse(document)));
if (process.argv.includes("--check")) {
  if (made !== readFileSync(PLACE, "utf8")) {
    console.error(`${PLACE} is not what the server's OpenAPI document says. Run: npm run types`);
    process.exit(1);
  }
} else {
  writeFileSync(PLACE, made);
}

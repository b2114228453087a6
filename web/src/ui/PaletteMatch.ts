// Finding a command by a part of its name, however the letters are written.

/** Small letters without marks: "Łódź" is "lodz". */
export const plain = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/ł/gi, "l").toLowerCase();

/** Whether every word typed begins some word of the text, in any order. */
export function matches(text: string, typed: string): boolean {
  const words = plain(text).split(/[^\p{L}\p{N}]+/u);
  return plain(typed)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)));
}

/** What a typed text asks for: commands (`>`, nothing, or no records to find), records, or nothing yet. */
export function wish(
  typed: string,
  records = true,
): { kind: "commands" | "records" | "wait"; words: string } {
  const text = typed.trim();
  if (!records || text === "" || text.startsWith(">"))
    return { kind: "commands", words: text.replace(/^>\s*/, "") };
  const enough = text.length >= 2 && /[\p{L}\p{N}]/u.test(text);
  return { kind: enough ? "records" : "wait", words: text };
}

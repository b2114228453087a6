/**
 * A day as people type it: day, month and year in this order, parted by dots, slashes, dashes or spaces, or the
 * ISO form. Anything else, and days that do not exist, are nothing. The browser's own reading would take
 * 5.12 for the twelfth of May.
 */
export function typedDay(text: string): string | null {
  const parts = /^\s*(\d{1,4})[\s./-]+(\d{1,2})[\s./-]+(\d{1,4})\.?\s*$/.exec(text);
  if (!parts) return null;
  const [, first = "", second = "", third = ""] = parts;
  const iso = first.length === 4;
  const year = Number(iso ? first : third);
  const month = Number(second);
  const day = Number(iso ? third : first);
  if ((iso ? third : first).length > 2 || year < 1000) return null;
  const found = new Date(Date.UTC(year, month - 1, day));
  if (found.getUTCMonth() !== month - 1 || found.getUTCDate() !== day) return null;
  return found.toISOString().slice(0, 10);
}

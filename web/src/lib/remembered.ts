// What entries of this tab's history stand for: words searched for, the list that a record was opened from. An entry
// itself keeps a number that says nothing; what it stands for is in memory, and goes with the session. Only while the
// page is loaded anew it waits in the tab's own storage, and the new page takes it out there.
const KEY = "klucznik-remembered";
/** Older ones are forgotten: what they stand for is then asked for without them. */
const MOST = 100;

function take(): [string, unknown][] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    sessionStorage.removeItem(KEY);
    return Array.isArray(found) ? found : [];
  } catch {
    // A browser that keeps nothing, or something else under this name.
    return [];
  }
}

const known = new Map<string, unknown>(take());
/** The same said again is the same number. */
const numbers = new Map<string, string>([...known].map(([number, value]) => [JSON.stringify(value), number]));

/** The number under which an entry of the history may keep it. */
export function remember(value: object): string {
  const text = JSON.stringify(value);
  const number = numbers.get(text) ?? crypto.randomUUID();
  const same = known.get(number) ?? value;
  // What was said last is forgotten last.
  known.delete(number);
  known.set(number, same);
  numbers.set(text, number);
  for (const [old, gone] of known) {
    if (known.size <= MOST) break;
    known.delete(old);
    numbers.delete(JSON.stringify(gone));
  }
  return number;
}

export const recall = (number: string | undefined): unknown =>
  number === undefined ? undefined : known.get(number);

export function forgetRemembered(): void {
  known.clear();
  numbers.clear();
}

window.addEventListener("pagehide", () => {
  if (known.size === 0) return;
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...known]));
  } catch {
    // It is too much, or the browser keeps nothing: the next page begins without.
  }
});
// Also where the browser shows the same page again that it had put aside.
window.addEventListener("pageshow", () => take());

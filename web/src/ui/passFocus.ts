const FOCUSABLE = "a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex='0']";
const EVERY_MS = 60;
/** What is pressed may go only once the server has answered and the list was asked again. */
const LONGEST_MS = 8000;

/** What comes after the pressed thing, else before it, else the heading of its block or of the page. */
function* heirs(from: Element): Generator<HTMLElement> {
  const item = from.closest("li, article, tr, [data-item]");
  const around = item?.parentElement ? [...item.parentElement.children] : [];
  const at = item ? around.indexOf(item) : -1;
  for (const one of [...around.slice(at + 1), ...around.slice(0, Math.max(0, at)).reverse()]) {
    const found = one.matches(FOCUSABLE) ? one : one.querySelector(FOCUSABLE);
    if (found instanceof HTMLElement) yield found;
  }
  for (const block of [from.closest("section, [role='dialog']"), document.querySelector("main")]) {
    const heading = block?.querySelector("h1, h2, h3");
    if (heading instanceof HTMLElement) yield heading;
  }
}

/** For what may vanish by being pressed: the focus on it goes on to what is next to it, not to nowhere. */
export function passFocus(from: HTMLElement): void {
  const next = [...heirs(from)];
  const end = Date.now() + LONGEST_MS;
  const timer = window.setInterval(() => {
    const now = document.activeElement;
    const nowhere = now === null || now === document.body;
    const late = Date.now() > end;
    // It is still there, perhaps disabled until the answer; or the user has gone on.
    if (!late && (now === from || (nowhere && from.isConnected))) return;
    window.clearInterval(timer);
    if (!nowhere) return;
    const heir = from.isConnected ? from : next.find((one) => one.isConnected);
    if (heir?.matches("h1, h2, h3")) heir.tabIndex = -1;
    heir?.focus({ preventScroll: true });
  }, EVERY_MS);
}

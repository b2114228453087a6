// Letters typed after a key that opens a field, before that field is there: they belong into it, not to the page
// below, where each of them could be a shortcut.

/** A field that does not come must not leave the keyboard dead. */
const LONGEST_MS = 3000;
let kept = "";
let timer: number | undefined;

function keep(event: KeyboardEvent): void {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  kept += event.key;
}

export function catchLetters(): void {
  releaseLetters();
  window.addEventListener("keydown", keep, true);
  timer = window.setTimeout(releaseLetters, LONGEST_MS);
}

/** Letters go their own way again; those caught meanwhile. */
export function releaseLetters(): string {
  window.removeEventListener("keydown", keep, true);
  window.clearTimeout(timer);
  const letters = kept;
  kept = "";
  return letters;
}

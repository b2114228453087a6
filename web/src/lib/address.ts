// A browser sends nothing of an address that stands behind its `#`: no server and no proxy learns by what a list is filtered,
// nor from which page somebody was sent to sign in. The program itself knows these as parameters like all others.
import type { LocationRewrite } from "@tanstack/react-router";

/** Conditions of a list, and the page to go to after signing in, which may have some. */
const BEHIND = ["f", "to"];

export const isBehind = (name: string): boolean => BEHIND.includes(name);

/** The address as a browser has it. */
export function outside(url: URL): URL {
  const behind = [...url.searchParams].filter(([name]) => isBehind(name));
  if (behind.length === 0) return url;
  const shown = new URL(url);
  for (const name of BEHIND) shown.searchParams.delete(name);
  shown.hash = new URLSearchParams(behind).toString();
  return shown;
}

/** The address as the program reads it: what is behind the `#` of one that `outside` made is a parameter. */
export function inside(url: URL): URL {
  const behind = [...new URLSearchParams(url.hash.slice(1))];
  if (behind.length === 0 || !behind.every(([name]) => isBehind(name))) return url;
  const read = new URL(url);
  read.hash = "";
  for (const [name, value] of behind) read.searchParams.append(name, value);
  return read;
}

export const rewrite: LocationRewrite = {
  input: ({ url }) => inside(url),
  output: ({ url }) => outside(url),
};

/** Addresses that were kept or sent before may have all of it in the open: the browser is to keep them so no longer. */
export function tidyAddress(): void {
  const shown = outside(new URL(location.href)).href;
  if (shown !== location.href) history.replaceState(history.state, "", shown);
}

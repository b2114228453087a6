/** Only addresses of this interface are gone back to, as the browser itself would read them. */
export function safe(to: unknown): string {
  if (typeof to !== "string" || !to.startsWith("/") || !URL.canParse(to, location.origin)) return "/";
  const url = new URL(to, location.origin);
  if (url.origin !== location.origin || url.pathname.startsWith("/sign-in")) return "/";
  // A path of two slashes would be another host once it stands alone.
  return url.pathname.startsWith("//") ? "/" : `${url.pathname}${url.search}${url.hash}`;
}

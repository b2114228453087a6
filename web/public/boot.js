// Theme and language before the first paint. Only these two words are kept in the browser; nothing personal.
(() => {
  var root = document.documentElement;
  var kept = (name) => {
    try {
      return localStorage.getItem(name);
    } catch (_) {
      return null;
    }
  };
  var theme = kept("klucznik-theme");
  if (theme !== "light" && theme !== "dark") {
    theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-mantine-color-scheme", theme);
  var lang = kept("klucznik-lang");
  if (lang !== "pl" && lang !== "en") lang = /^pl\b/i.test(navigator.language) ? "pl" : "en";
  root.lang = lang;
})();

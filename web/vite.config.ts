import { readFileSync } from "node:fs";
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from "@mantine/core";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { theme, variables } from "./src/theme";

/** Mantine would write its variables into a <style> element, which our policy refuses: they come as a file. */
function themeCss(): Plugin {
  const id = "virtual:theme.css";
  return {
    name: "theme-css",
    resolveId: (wanted) => (wanted === id ? `\0${id}` : null),
    load(wanted) {
      if (wanted !== `\0${id}`) return null;
      const whole = mergeMantineTheme(DEFAULT_THEME, theme);
      const base = defaultCssVariablesResolver(whole);
      const own = variables(whole);
      const merged = {
        variables: { ...base.variables, ...own.variables },
        light: { ...base.light, ...own.light },
        dark: { ...base.dark, ...own.dark },
      };
      return convertCssVariables(merged, ":root");
    },
  };
}

const STYLES = new URL("./node_modules/@mantine/core/styles.layer.css", import.meta.url);
const classesIn = (text: string) => new Set(text.match(/\bm_[0-9a-f]{6,8}\b/g));

/** Fails if a component of Mantine is in the program and its styles are not in `src/mantine.css`. */
function mantineStyles(): Plugin {
  return {
    name: "mantine-styles",
    apply: "build",
    writeBundle(_, bundle) {
      const files = Object.values(bundle);
      const code = files.map((file) => (file.type === "chunk" ? file.code : ""));
      const css = files.map((file) =>
        file.fileName.endsWith(".css") && "source" in file ? file.source : "",
      );
      const [known, there] = [classesIn(readFileSync(STYLES, "utf8")), classesIn(css.join())];
      const missing = [...classesIn(code.join())].filter((name) => known.has(name) && !there.has(name));
      if (missing.length > 0) this.error(`src/mantine.css lacks the styles of ${missing.join(", ")}`);
    },
  };
}

/** Chromium then compiles what a page begins with off the main thread, while it arrives; others read a comment. */
function compiledEarly(): Plugin {
  return {
    name: "compiled-early",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      // A banner would not do: it has to be the first line, and Vite writes one of its own before that.
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk" && ["vendor", "shared"].includes(file.name))
            file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
        }
      },
    },
  };
}

/** In development only: the API of a real instance, `KLUCZNIK_API`, behind the development server. */
function proxy() {
  const target = process.env.KLUCZNIK_API;
  if (!target) return undefined;
  const strip = (request: { removeHeader(name: string): void }) => {
    for (const name of ["origin", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest"])
      request.removeHeader(name);
  };
  return {
    "/api": {
      target,
      changeOrigin: true,
      secure: false,
      configure: (server: { on(event: "proxyReq", handler: typeof strip): void }) =>
        server.on("proxyReq", strip),
    },
  };
}

/** The development server's certificate, so that cookies bound to TLS work. */
function certificate() {
  const folder = process.env.KLUCZNIK_TLS;
  return folder
    ? { cert: readFileSync(`${folder}/server.pem`), key: readFileSync(`${folder}/server.key`) }
    : undefined;
}

/** What only some pages need. */
const CHARTS =
  /node_modules\/(recharts|@mantine\/charts|d3-|victory-vendor|immer|@reduxjs|redux|reselect|react-redux|es-toolkit|decimal\.js-light)/;
const LATER = new RegExp(`${CHARTS.source}|node_modules\\/(@dnd-kit|@mantine\\/dates)`);
/** The pages of those who keep the program in order. */
const OFFICE = /\/web\/src\/pages\/(account|admin|import|jobs)\//;

/** What several pages or overlays need, and the first list does not. */
const isPart = (id: string) =>
  id.includes("/node_modules/")
    ? !LATER.test(id)
    : !OFFICE.test(id) && /\/web\/src\/(?!ui\/(board|chart|DateField))/.test(id);

export default defineConfig({
  plugins: [react(), themeCss(), mantineStyles(), compiledEarly()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  server: { port: 5173, strictPort: true, proxy: proxy(), https: certificate() },
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssTarget: ["chrome125", "firefox128", "safari18"],
    target: ["chrome125", "firefox128", "safari18"],
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A group takes what its modules need along, so what all pages need comes first.
          groups: [
            { name: "vendor", test: /\/node_modules\//, tags: ["$initial"], priority: 6 },
            { name: "shared", test: /\/web\/src\//, tags: ["$initial"], priority: 5 },
            // One request instead of a hundred. What draws one of the groups below along stays out.
            { name: "parts", test: isPart, minShareCount: 2, priority: 4 },
            { name: "charts", test: CHARTS, priority: 3 },
            { name: "board", test: /node_modules\/@dnd-kit/, priority: 3 },
            { name: "dates", test: /node_modules\/@mantine\/dates/, priority: 3 },
            { name: "office", test: OFFICE, minShareCount: 2, priority: 2 },
          ],
        },
      },
    },
  },
});

import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where the clock changes twice a year, and local midnight is the day before in UTC: what gets days wrong shows here.
process.env.TZ = "Europe/Warsaw";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": new URL("./src", import.meta.url).pathname } },
  test: { environment: "jsdom", setupFiles: ["src/test/setup.ts"], include: ["src/**/*.test.{ts,tsx}"] },
});

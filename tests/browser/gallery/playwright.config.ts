// Pictures of every page, to be looked at by people: `cargo xtask gallery`. No test of its own: it runs apart from the suites.
import { defineConfig } from "@playwright/test";
import suite from "../playwright.config";

export default defineConfig(suite, {
  testDir: ".",
  testMatch: "pictures.ts",
  outputDir: "../../../target/gallery-results",
  // A role's pages in one size and theme, one after the other.
  timeout: 600_000,
  use: { trace: "off", screenshot: "off" },
});

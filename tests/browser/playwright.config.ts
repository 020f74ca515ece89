// The app in a real browser on a real workerd. `cargo xtask test --only browser` starts both and sets BASE_URL and CHROME_BIN.
import { defineConfig } from "@playwright/test";

const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/browser-results",
  reporter: [["list"]],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  // A turn of the coach is the longest thing that anything waits for.
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.BASE_URL,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 390, height: 844 },
    // What it answers, no test can hold up or cut; installed.spec.ts tests the worker itself.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROME_BIN,
      // A microphone that beeps, for who may use it. Chromium refuses its sandbox to root, which is who runs in a container.
      args: [...(asRoot ? ["--no-sandbox"] : []), "--disable-background-networking", "--disable-component-update", "--use-fake-device-for-media-stream"],
    },
  },
});

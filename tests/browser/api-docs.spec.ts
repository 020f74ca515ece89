// The page that describes the API: from our own origin, under the policy that everything else is under.
import { expect, test } from "@playwright/test";
import { fitsItsWidth } from "./accessible";

for (const [device, viewport] of [
  ["phone", { width: 390, height: 844 }],
  ["desktop", { width: 1280, height: 900 }],
] as const) {
  test.describe(device, () => {
    test.use({ viewport });
    test(`the page at /api/docs shows the API, ${device}`, async ({ page }, info) => {
      const faults: string[] = [];
      page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
      page.on("pageerror", (error) => faults.push(error.message));
      const answer = await page.goto("/api/docs");
      const policy = answer?.headers()["content-security-policy"] ?? "";
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain("unsafe-inline");
      const call = page.locator("#operations-Chat-postChatByIdMessage");
      await expect(call).toBeVisible();
      await page.screenshot({ path: info.outputPath(`${device}.png`) });
      await call.getByRole("button").first().click();
      await expect(call.getByText("A stream of frames")).toBeVisible();
      await page.screenshot({ path: info.outputPath(`${device}-call.png`) });
      await fitsItsWidth(page, `/api/docs, ${device}`);
      expect(faults).toEqual([]);
    });
  });
}

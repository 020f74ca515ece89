// What every page must be for somebody who can't see it, or sees it small.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** No serious or critical finding of axe. */
export async function isAccessible(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  const found = violations
    .filter((violation) => violation.impact === "serious" || violation.impact === "critical")
    .map((violation) => `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `    ${node.html}`).join("\n")}`);
  expect(found, `axe on ${what}`).toEqual([]);
}

/** Nothing is wider than the screen. */
export async function fitsItsWidth(page: Page, what: string) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `horizontal scrolling on ${what}`).toBe(0);
}

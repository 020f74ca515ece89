// A manager looks after practice: the week, one session of it, the figures on paper, and who changed what.
import type { Page } from "@playwright/test";
import { expect, test } from "./reps";
import { logIn } from "./screens";

function heading(page: Page, name: string | RegExp) {
  return expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await page.goto("/login");
  await logIn(page, "manager@salescaptain.test");
  await heading(page, /^Good /);
});

test("a session is scheduled, moved and taken back, and the audit log tells it", async ({ page }) => {
  await page.goto("/schedule");
  await page.getByRole("button", { name: "Schedule a session" }).click();
  const plan = page.getByRole("dialog", { name: "Schedule a session" });
  await plan.getByRole("button", { name: "Schedule it" }).click();
  await expect(plan.getByLabel("Rep")).toBeFocused();
  await expect(plan.getByText("Choose a rep.")).toBeVisible();
  // Three weeks on, where nothing else is.
  const day = new Date(Date.now() + 21 * 86_400_000).toISOString().slice(0, 10);
  await plan.getByLabel("Rep").selectOption({ index: 1 });
  await plan.getByLabel("Practises").selectOption({ index: 3 });
  await plan.getByLabel("Day").fill(day);
  await plan.getByLabel("Time").fill("06:40");
  await plan.getByRole("button", { name: "Schedule it" }).click();
  await expect(plan).toBeHidden();

  await page.goto(`/schedule?week=${day}`);
  const session = page.getByRole("list", { name: "Days" }).getByRole("link", { name: /^To come/ });
  await session.click();
  const drawer = page.getByRole("dialog");
  await expect(drawer).toContainText("May be started from 6:30");
  await drawer.getByLabel("Time").fill("07:50");
  await drawer.getByRole("button", { name: "Move it" }).click();
  await expect(page.getByText(/^Moved to /)).toBeVisible();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole("list", { name: "Days" })).toContainText("7:50");

  await session.click();
  await drawer.getByRole("button", { name: "Take it back" }).click();
  await page.getByRole("dialog", { name: /^Take back / }).getByRole("button", { name: "Take it back" }).click();
  await expect(session).toHaveCount(0);

  await page.goto("/audit");
  await expect(page.getByText(/ took back a session of /).first()).toBeVisible();
  await expect(page.getByText(/ moved a session of /).first()).toBeVisible();
  await expect(page.getByText(/ scheduled a session for /).first()).toBeVisible();
});

test("a session gets a note and another score, and both are taken back", async ({ page }) => {
  await page.goto("/people?role=sales_rep");
  await page.getByRole("link", { name: "Asha Verma" }).click();
  await page.getByRole("link", { name: /^Day 1 · / }).last().click();
  await heading(page, "Asha Verma, day 1");

  await page.getByRole("textbox", { name: "Note" }).fill("Name the price first, then the reason.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The rep can read it now")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete your note?" }).getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");

  const drill = page.getByRole("region", { name: /^1\. / });
  const before = await drill.getByRole("heading", { name: /^After/ }).textContent();
  await drill.getByRole("button", { name: /^Give another score/ }).click();
  const scoring = page.getByRole("dialog", { name: /^Your score for / });
  await scoring.getByLabel("Score, 0 to 100").fill("101");
  await scoring.getByRole("button", { name: "Let it count" }).click();
  await expect(scoring.getByText("Give a whole number from 0 to 100.")).toBeVisible();
  await scoring.getByLabel("Score, 0 to 100").fill("97");
  await scoring.getByLabel("Why, to the rep").fill("The area was named, the judge missed it.");
  await scoring.getByRole("button", { name: "Let it count" }).click();
  await expect(drill).toContainText(/gave 97; the judge had given \d+\./);
  await drill.getByRole("button", { name: /^Take it back/ }).click();
  await page.getByRole("dialog", { name: /^Take back the score/ }).getByRole("button", { name: "Take it back" }).click();
  await expect(drill).not.toContainText("gave 97");
  expect(await drill.getByRole("heading", { name: /^After/ }).textContent()).toBe(before);
});

test("a report is chosen by its address and comes as a sheet", async ({ page }) => {
  await page.goto("/reports");
  await heading(page, "Reports");
  await page.getByLabel("Rep").selectOption({ label: "Asha Verma" });
  await expect(page).toHaveURL(/userId=/);
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("Asha Verma");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download (CSV)" }).click();
  expect((await coming).suggestedFilename()).toMatch(/^sales-captain .* to .*\.csv$/);
  await page.getByLabel("From").fill("2020-01-02");
  await page.getByLabel("To", { exact: true }).fill("2020-01-01");
  await expect(page.getByRole("alert")).toContainText("end before they begin");
});

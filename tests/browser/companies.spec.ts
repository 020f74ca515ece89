// Companies: a super admin makes, enters, closes and deletes one; a manager sets the rules of their own and reads its figures.
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { founder } from "./founders";
import { expect, test } from "./reps";
import { logIn } from "./screens";

const DESK = { width: 1280, height: 800 };

function heading(page: Page, name: string | RegExp) {
  return expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function comeIn(page: Page, email: string, first: string | RegExp) {
  await page.goto("/login");
  await logIn(page, email);
  await heading(page, first);
}

test.describe("a super admin", () => {
  test.use({ viewport: DESK });

  test("makes a company, goes into it and comes back", async ({ page }) => {
    const name = `Tidewater ${crypto.randomUUID().slice(0, 8)}`;
    await comeIn(page, "admin@salescaptain.test", "Overview");
    await page.getByRole("link", { name: "Companies", exact: true }).click();
    await page.getByRole("button", { name: "New company" }).click();
    const form = page.getByRole("dialog", { name: "New company" });
    await form.getByLabel("Domain").fill("tidewater");
    await form.getByRole("button", { name: "Make the company" }).click();
    await expect(form.getByLabel("Name")).toBeFocused();
    await expect(form.getByText("Enter a domain such as example.com.")).toBeVisible();
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("Domain").fill("tidewater.example");
    await form.getByRole("button", { name: "Make the company" }).click();
    await heading(page, name);
    await expect(page.getByRole("region", { name: "People" })).toContainText("0 of");

    await page.getByRole("button", { name: "Go into the company" }).click();
    await heading(page, "People");
    const inside = page.getByRole("button", { name: /^You are in/ });
    await expect(inside).toContainText(name);
    await expect(page.getByRole("link", { name: "Asha Verma" })).toHaveCount(0);
    // What is made here is made in this company, also after a reload.
    await page.reload();
    await expect(inside).toContainText(name);
    await page.goto("/groups");
    await expect(inside).toContainText(name);

    await inside.click();
    const choice = page.getByRole("dialog", { name: "Go into a company" });
    await choice.getByRole("searchbox").fill("Troika");
    await choice.getByRole("button", { name: /^Troika Tech Demo/ }).click();
    await expect(inside).toContainText("Troika Tech Demo");
    await heading(page, "Groups");
    await page.goto("/people");
    await expect(page.getByRole("link", { name: "Asha Verma" })).toBeVisible();
  });

  test("closes a company before it can be deleted, and names it", async ({ page }) => {
    await comeIn(page, "admin@salescaptain.test", "Overview");
    const name = `Ebb ${crypto.randomUUID().slice(0, 8)}`;
    await page.goto("/companies");
    await page.getByRole("button", { name: "New company" }).click();
    const form = page.getByRole("dialog", { name: "New company" });
    await form.getByLabel("Name").fill(name);
    await form.getByRole("button", { name: "Make the company" }).click();
    await heading(page, name);
    await page.getByLabel("People at most").fill("none");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Give a whole number from 1 to 100000.")).toBeVisible();
    await page.getByLabel("People at most").fill("40");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "People" })).toContainText("0 of 40");

    await page.getByRole("button", { name: "Close the company" }).click();
    await page.getByRole("dialog", { name: `Close ${name}?` }).getByRole("button", { name: "Close it" }).click();
    await expect(page.getByText("Nobody of it gets in.")).toBeVisible();
    await page.getByRole("button", { name: "Delete it" }).click();
    const all = page.getByRole("dialog", { name: `Delete ${name}?` });
    await expect(all.getByRole("button", { name: "Delete it all" })).toBeDisabled();
    await all.getByLabel(/^Type /).fill(name);
    await all.getByRole("button", { name: "Delete it all" }).click();
    await heading(page, "Companies");
    await expect(page.getByRole("link", { name })).toHaveCount(0);
  });
});

test("a manager sets the rules of the company, and is asked before something goes", async ({ page, request }) => {
  const { email } = await founder(request);
  await comeIn(page, email, /^Good /);
  await page.goto("/settings/company");
  await heading(page, "Company");
  const plan = page.getByRole("region", { name: "Plan" });
  await expect(plan).toContainText("Trial");
  await expect(plan.getByRole("textbox")).toHaveCount(0);

  await page.getByLabel("It can be started until").fill("5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Give a whole number from 11 to 600.")).toBeVisible();
  await page.getByLabel("It can be started until").fill("90");
  await page.getByLabel("Voice recordings").fill("30");
  await page.getByRole("button", { name: "Save" }).click();
  const sure = page.getByRole("dialog", { name: "Keep things for a shorter time?" });
  await expect(sure).toContainText("Voice recordings older than 30 days are deleted.");
  await sure.getByRole("button", { name: "Save and delete" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("It can be started until")).toHaveValue("90");
  await expect(page.getByLabel("Voice recordings")).toHaveValue("30");

  // What is typed is not lost by a link.
  await page.getByLabel("Name", { exact: true }).fill("Sagar Silk");
  await page.getByRole("link", { name: "People" }).first().click();
  await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
});

test("a manager reads who is how good at what, and where it is lost", async ({ page }) => {
  await comeIn(page, "manager@salescaptain.test", /^Good /);
  await page.goto("/analytics");
  const map = page.getByRole("region", { name: "Score by rep and week" });
  await expect(map.getByRole("rowheader", { name: "Asha Verma" })).toBeVisible();
  await page.getByLabel("Shows").selectOption("Closing");
  await expect(page.getByRole("region", { name: "Closing by rep and week" })).toBeVisible();
  await expect(page).toHaveURL(/metric=closing/);
  await expect(page.getByRole("region", { name: "Day by day of the programme" })).toContainText("Day 1");
  await page.getByLabel("Figures of").selectOption("The whole company");
  await expect(page.getByRole("table", { name: "Team by team" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Figures of")).toHaveValue("company");
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 700 } });

    test(`a super admin's pages are accessible and narrow enough, ${colorScheme}`, async ({ page }) => {
      await comeIn(page, "admin@salescaptain.test", "Overview");
      for (const path of ["/", "/companies", "/ai", "/settings/company"]) {
        await page.goto(path);
        await looksGood(page, path, colorScheme);
      }
      await page.goto("/companies");
      await page.getByRole("link", { name: "Sagar Sales" }).first().click();
      await looksGood(page, "a company", colorScheme);
    });

    test(`figures are accessible and narrow enough, ${colorScheme}`, async ({ page }) => {
      await comeIn(page, "manager@salescaptain.test", /^Good /);
      for (const path of ["/analytics", "/analytics?of=company", "/settings/company"]) {
        await page.goto(path);
        await looksGood(page, path, colorScheme);
      }
    });
  });
}

async function looksGood(page: Page, what: string, colorScheme: string) {
  await heading(page, /./);
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
  await isAccessible(page, `${what}, ${colorScheme}`);
  await fitsItsWidth(page, what);
}

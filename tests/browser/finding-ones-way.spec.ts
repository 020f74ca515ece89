// The ways between pages: the bar and the rail, who may go where, log-in and back, the theme, and the parts pages are made of.
import { expect, test } from "./reps";
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { logIn } from "./screens";

const ways = (page: Page) => page.getByRole("navigation");

test("a rep's pages are a thumb away, each with its name, and Back leads back", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(ways(page).getByRole("link", { name: "Today" })).toHaveAttribute("aria-current", "page");
  for (const name of ["Progress", "History", "Library"]) {
    await ways(page).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(ways(page).getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle(/· Sales Captain$/);
  }
  await ways(page).getByRole("button", { name: "More" }).click();
  await ways(page).getByRole("link", { name: "Profile and settings" }).click();
  await expect(page).toHaveURL(/\/settings$/);
  await expect(ways(page).getByRole("link", { name: "Profile and settings" }), "what was opened closes with its page").toBeHidden();
  await page.goBack();
  await expect(page).toHaveURL(/\/library$/);
  await expect(ways(page).getByRole("link", { name: "Library" })).toHaveAttribute("aria-current", "page");
});

test("a page for others says so, kindly, and leads back", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(ways(page).getByRole("link", { name: "Today" })).toBeVisible();
  for (const [path, whom] of [["/people", "managers"], ["/scenarios/new", "managers"], ["/companies", "those who run Sales Captain"]]) {
    await page.goto(path!);
    await expect(page.getByRole("heading", { level: 1, name: `This page is for ${whom}` })).toBeVisible();
  }
  await isAccessible(page, "a page for others");
  await page.getByRole("link", { name: "Back to Today" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Good / })).toBeVisible();
});

test("a log-in leads back to the page asked for, as it was asked for", async ({ page, rep }) => {
  await page.goto("/leaderboard?by=practice");
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await logIn(page, rep.email);
  await expect(page).toHaveURL(/\/leaderboard\?by=practice$/);
});

test("the theme that was chosen stays", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  await page.locator("summary", { hasText: "Account:" }).click();
  await page.getByRole("radio", { name: "Dark" }).check({ force: true });
  expect(await scheme()).toBe("dark");
  await page.reload();
  await expect(ways(page).getByRole("link", { name: "Today" })).toBeVisible();
  expect(await scheme()).toBe("dark");
  await page.locator("summary", { hasText: "Account:" }).click();
  await page.getByRole("radio", { name: "Device" }).check({ force: true });
  expect(await scheme()).toBe("light dark");
});

test.describe("the parts pages are made of", () => {
  const open = async (page: Page, view: string) => {
    await page.goto("/design");
    await page.getByRole("tab", { name: view }).click();
  };

  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme, viewport: { width: 320, height: 700 } });
      test(`are accessible and narrow enough, ${colorScheme}`, async ({ page }) => {
        for (const view of ["Shown", "Fields", "Over the page", "Charts"]) {
          await open(page, view);
          await expect(page.getByRole("tab", { name: view })).toHaveAttribute("aria-selected", "true");
          if (view === "Charts") await expect(page.getByRole("img", { name: /^Scores of eight days\. First answers: from 38/ })).toBeVisible();
          await isAccessible(page, `${view}, ${colorScheme}`);
          await fitsItsWidth(page, view);
        }
      });
    });
  }

  test("tabs and menus go by arrows, and what lies over the page gives the focus back", async ({ page }) => {
    await open(page, "Shown");
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tab", { name: "Fields" })).toBeFocused();
    await page.keyboard.press("ArrowRight");
    await expect(page.getByRole("tabpanel", { name: "Over the page" })).toBeVisible();
    const question = page.getByRole("button", { name: "Question" });
    await question.click();
    await expect(page.getByRole("dialog", { name: "Delete the team West?" })).toBeVisible();
    await isAccessible(page, "a question");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(question).toBeFocused();
    const menu = page.getByRole("button", { name: "More about West" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(menu).toBeFocused();
    await expect(page.getByRole("menuitem")).toHaveCount(0);
  });

  test("a form says what is wrong in its place, and what was typed is not lost by leaving", async ({ page }) => {
    await open(page, "Shown");
    // A page of the app lies behind this one, so that Back stays inside the app.
    await page.getByRole("link", { name: "A link in text" }).click();
    await page.getByRole("tab", { name: "Fields" }).click();
    const mail = page.getByRole("textbox", { name: "E-mail" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(mail).toBeFocused();
    await expect(mail).toHaveAccessibleDescription(/Enter an e-mail address/);
    await mail.fill("asha@example.com");
    await expect(mail).not.toHaveAttribute("aria-invalid");

    const asked = page.getByRole("dialog", { name: "Leave without saving?" });
    await page.getByRole("link", { name: "Elsewhere" }).click();
    await asked.getByRole("button", { name: "Stay here" }).click();
    await expect(mail).toHaveValue("asha@example.com");
    await page.goBack();
    await expect(asked).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(asked).toHaveCount(0);
    await expect(page).toHaveURL(/\/design$/);
    await page.getByRole("link", { name: "Elsewhere" }).click();
    await asked.getByRole("button", { name: "Leave" }).click();
    await expect(page).toHaveURL(/\/login/);
  });

  test("a chart that can't be drawn is a table", async ({ page }) => {
    await page.route(/\/charts\./, (route) => route.abort());
    await open(page, "Charts");
    await expect(page.getByRole("table", { name: "Scores of eight days" })).toBeVisible();
    await expect(page.getByRole("row", { name: /Day 8.*66.*88/ })).toBeVisible();
  });
});

// What is not for the daily practice is downloaded when somebody goes there.
import type { Page } from "@playwright/test";
import { expect, test } from "./reps";
import { logIn } from "./screens";

/** The app's parts that the page asked for after the one it starts with. */
function later(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith(".wasm") && !pathname.includes("/captain_bg.")) asked.push(pathname);
  });
  return asked;
}

test("a rep's daily practice downloads no other page, and opening one downloads no manager's", async ({ page, rep }) => {
  const asked = later(page);
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", { level: 1, name: /^Good / })).toBeVisible();
  await page.getByRole("button", { name: "Start practice" }).click();
  await expect(page.getByRole("textbox", { name: "Your answer" })).toBeVisible();
  expect(asked).toEqual([]);

  await page.goto("/history");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(asked.some((path) => path.includes("/split_rep."))).toBe(true);
  expect(asked.filter((path) => /\/split_(?!rep\.)/.test(path))).toEqual([]);
});

test("a page that could not be downloaded is tried again", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", { level: 1, name: /^Good / })).toBeVisible();
  const parts = /\/app\/(split|chunk)_.*\.wasm$/;
  await page.route(parts, (route) => route.abort());
  await page.getByRole("navigation").getByRole("link", { name: "Progress" }).click();
  await expect(page.getByRole("alert")).toContainText("This page could not be loaded");
  await page.unroute(parts);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Progress" })).toBeVisible();
});

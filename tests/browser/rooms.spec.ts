// The way in and Today are downloaded at once; the other pages apart.
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

/** The rooms among them; the others are what several rooms share. */
function rooms(asked: string[]): string[] {
  const names = asked.flatMap((path) => /\/split_([a-z]+)\./.exec(path)?.[1] ?? []);
  return [...new Set(names)].sort();
}

test("a rep's way to Today downloads no other page; the practice comes after it, the rest when it is opened", async ({ page, rep }) => {
  const asked = later(page);
  let beforeToday: string[] | undefined;
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/sessions/today") beforeToday ??= [...asked];
  });
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await logIn(page, rep.email);
  await page.getByRole("button", { name: "Start practice" }).click();
  await expect(page.getByRole("textbox", { name: "Your answer" })).toBeVisible();
  expect(beforeToday).toEqual([]);
  expect(rooms(asked)).toEqual(["practice"]);

  await page.goto("/history");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect.poll(() => rooms(asked)).toEqual(["practice", "rep"]);
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

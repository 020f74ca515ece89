// The app on the device: installable, starting without a network, and renewed when the person wants it.
import type { Page } from "@playwright/test";
import { expect, test } from "./reps";
import { DAY_ONE } from "./answers";
import { Chat, logIn, startPractice } from "./screens";

test.use({ serviceWorkers: "allow" });

const TODAY = { level: 1, name: /^Good (morning|afternoon|evening), / } as const;

/** Waits until the app is on the device. */
async function kept(page: Page) {
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state ?? "none")).toBe("activated");
}

test("it can be installed", async ({ page, request }) => {
  await page.goto("/login");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const manifest = await (await request.get(href!)).json();
  expect(manifest).toMatchObject({ name: "Sales Captain", start_url: "/", display: "standalone" });
  const sizes: string[] = [];
  for (const icon of manifest.icons) {
    const picture = await request.get(icon.src);
    expect(picture.headers()["content-type"], icon.src).toBe("image/png");
    sizes.push(`${icon.sizes} ${icon.purpose ?? "any"}`);
  }
  expect(sizes).toEqual(["192x192 any", "512x512 any", "512x512 maskable"]);
});

test("it starts without a network, and goes on by itself when that is back", async ({ page, rep, context }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  await kept(page);
  await context.setOffline(true);
  await expect(page.getByText("You are offline. What you see may be out of date.")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Sales Captain is not answering");
  await context.setOffline(false);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
});

test("it keeps no answer of the API", async ({ page, rep }) => {
  await page.goto("/login");
  await kept(page);
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  const paths = await page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });
  expect(paths).toContain("/");
  expect(paths.filter((path) => path.startsWith("/api/"))).toEqual([]);
});

test("an answer written without a network outlives the page, and is sent once when the line is back", async ({ page, rep, context }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await kept(page);
  // The session's own code came before the worker; now it comes through it.
  await page.reload();
  await expect(chat.customer.first()).toBeVisible();
  await context.setOffline(true);
  await chat.say(DAY_ONE[0].first);
  await expect(chat.mine).toContainText("not sent");
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("Sales Captain is not answering");
  expect((await rep.state(session)).items).toHaveLength(1);

  await context.setOffline(false);
  await expect(chat.customer.first()).toBeVisible();
  await expect(chat.mine).toContainText("not sent");
  await page.getByRole("button", { name: "Send again" }).click();
  await chat.turnIsOver();
  await expect(chat.mine).toHaveCount(1);
  const said = (await rep.state(session)).items.filter((message) => message.role === "salesperson");
  expect(said.map((message) => message.content)).toEqual([DAY_ONE[0].first]);
});

test("a new version waits until it is wanted", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  await kept(page);
  // A worker under another address is what a new build is: another version for the same pages.
  await page.evaluate(() => navigator.serviceWorker.register("/sw.js?newer"));
  const news = page.getByRole("status").filter({ hasText: "A new version is ready." });
  await expect(news).toBeVisible();
  const before = await page.evaluate(() => navigator.serviceWorker.controller!.scriptURL);
  expect(before).not.toContain("newer");
  await Promise.all([page.waitForEvent("load"), news.getByRole("button", { name: "Load it" }).click()]);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller!.scriptURL)).toContain("newer");
});

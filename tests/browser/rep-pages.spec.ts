// What a rep looks at beside the daily practice: the library, the calendar, the voice drill, one's own picture.
import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { expect, test } from "./reps";
import { Chat, logIn } from "./screens";

/** A rep of the demo company who is some days in. */
const SEASONED = "rep@salescaptain.test";

async function comeIn(page: Page, email: string, path: string) {
  await page.goto(path);
  await logIn(page, email);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
}

async function isFine(page: Page, what: string) {
  await isAccessible(page, what);
  await fitsItsWidth(page, what);
}

test("a rep finds a day in the library and practises it again, and the ten days don't move", async ({ page }) => {
  await comeIn(page, SEASONED, "/library");
  const found = page.getByRole("main").getByRole("listitem");
  await expect(found.nth(9)).toBeVisible();
  await isFine(page, "the library");
  const search = page.getByRole("searchbox", { name: "Search themes and customers" });
  await search.fill("zzzz");
  await expect(page.getByText("Nothing like that here")).toBeVisible();
  await search.fill("small p");
  await expect(found.first()).toContainText("Day 1");
  await expect(page).toHaveURL(/q=small/);
  await found.first().getByRole("link").click();

  await expect(page.getByRole("heading", { level: 2, name: "Practise it again" })).toBeVisible();
  await page.getByText("What a good answer does").first().click();
  await isFine(page, "a scenario");
  await page.getByRole("button", { name: "Practise now" }).click();
  const chat = new Chat(page);
  await expect(chat.customer.first()).toBeVisible();
  await page.goto("/");
  await expect(page.getByText("Free practice").first()).toBeVisible();
});

test("what a rep has not done yet stays closed, and says when it opens", async ({ page, rep }) => {
  await comeIn(page, rep.email, "/library");
  await page.getByRole("link", { name: /^Day 1 / }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Not open yet" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Practise now" })).toHaveCount(0);
  await expect(page.getByText("What a good answer does"), "nothing is told beforehand").toHaveCount(0);
});

test("the calendar goes by keys, and a day opens what came of it", async ({ page }) => {
  await comeIn(page, SEASONED, "/calendar");
  const grid = page.getByRole("grid");
  const chosen = grid.locator("[aria-selected=true]");
  await expect(chosen).toHaveAttribute("aria-current", "date");
  await isFine(page, "the calendar");
  await chosen.focus();
  await page.keyboard.press("PageUp");
  await expect(page.getByRole("button", { name: "This month" })).toBeVisible();
  await expect(chosen).toBeFocused();
  await page.keyboard.press("PageDown");
  await expect(chosen).toBeFocused();
  // Back to the latest day that was done.
  for (let day = 0; day < 31 && !(await chosen.innerText()).includes("Done, score"); day++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "Before and after" })).toBeVisible();
  await page.goBack();
  await page.getByText("List", { exact: true }).click();
  await expect(page).toHaveURL(/view=agenda/);
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await isFine(page, "the agenda");
});

/** The result of the latest session that was completed. */
async function openResult(page: Page) {
  await comeIn(page, SEASONED, "/history");
  await page.getByRole("link", { name: /Done/ }).first().click();
  await page.waitForURL(/\/history\/[0-9a-f-]{36}$/);
  await page.goto(page.url().replace(/\/history\/(.*)$/, "/session/$1/result"));
  await page.getByRole("link", { name: "Record it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Say it aloud" })).toBeVisible();
}

test.describe("with a microphone", () => {
  test.use({ permissions: ["microphone"] });

  test("a rep says it aloud, listens, sends it and takes it back", async ({ page }) => {
    await openResult(page);
    await page.getByRole("button", { name: "Record", exact: true }).click();
    const length = page.getByRole("timer", { name: "Length" });
    await expect(length).toContainText("0:01");
    await page.getByRole("button", { name: "Pause" }).click();
    await expect(page.getByText("Paused").first()).toBeVisible();
    await isFine(page, "a recording in the making");
    await page.getByRole("button", { name: "Go on" }).click();
    await expect(length).toContainText("0:02");
    await page.getByRole("button", { name: "Done" }).click();
    const mine = page.getByRole("group", { name: "Your recording" });
    await mine.getByRole("button", { name: "Play" }).click();
    await expect(mine.getByRole("button", { name: "Pause" })).toBeVisible();

    // What is not sent is not lost by a slip.
    await page.getByRole("link", { name: "Your result" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Stay here" }).click();
    await page.getByRole("button", { name: "Send it" }).click();
    const sent = page.getByRole("region", { name: "What you sent" }).getByRole("listitem");
    await expect(page.getByRole("button", { name: "Record", exact: true }), "it is sent").toBeVisible();
    await expect(sent.first()).toBeVisible();
    const before = await sent.count();
    await sent.first().getByRole("button", { name: "Listen" }).click();
    await expect(page.getByRole("group", { name: /^Recording of/ })).toBeVisible();
    await isFine(page, "the voice drill");
    await sent.first().getByRole("button", { name: /^Delete/ }).click();
    await page.getByRole("dialog", { name: "Delete this recording?" }).getByRole("button", { name: "Delete" }).click();
    await expect(sent).toHaveCount(before - 1);
  });
});

test.describe("without leave to use it", () => {
  test.use({ permissions: [] });

  test("a refused microphone says how to allow it here", async ({ page }) => {
    await openResult(page);
    await page.getByRole("button", { name: "Record", exact: true }).click();
    await expect(page.getByRole("alert")).toContainText("The microphone is not allowed");
    await expect(page.getByRole("alert")).toContainText("beside the address");
    await expect(page.getByRole("button", { name: "Record", exact: true })).toBeEnabled();
  });
});

/** A red picture, 2 by 1 pixels. */
const PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4z8AARAAI/gH/xp559wAAAABJRU5ErkJggg==";

test("a rep sets a picture and takes it away", async ({ page, rep }, info) => {
  await comeIn(page, rep.email, "/settings");
  const [file, no] = [info.outputPath("me.png"), info.outputPath("me.txt")];
  writeFileSync(file, Buffer.from(PICTURE, "base64"));
  writeFileSync(no, "no picture");
  await page.getByLabel(/^(Add a|Change the) picture/).setInputFiles(no);
  await expect(page.getByRole("alert")).toContainText("can't be read as a picture");
  await page.getByLabel(/^(Add a|Change the) picture/).setInputFiles(file);
  await expect(page.getByRole("img", { name: "How it will look" })).toBeVisible();
  await page.getByRole("button", { name: "Use this picture" }).click();
  await expect(page.getByRole("img", { name: "Your picture" })).toBeVisible();
  await isFine(page, "settings with a picture");
  await page.getByRole("button", { name: "Take it away" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it away" }).click();
  await expect(page.getByRole("img", { name: "Your picture" })).toHaveCount(0);
});

// Every page for everybody: with a screen reader, in the dark, on the narrowest phone.
import { expect, test, type Rep } from "./reps";
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { DAY_ONE } from "./answers";
import { Chat, logIn } from "./screens";

/** Goes through the pages of the first minutes and looks at each. */
async function goThrough(page: Page, rep: Rep, look: (what: string) => Promise<void>) {
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await look("log-in");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", { level: 2, name: "Your course" })).toBeVisible();
  await look("today");
  await page.getByRole("button", { name: "Start practice" }).click();
  const chat = new Chat(page);
  await expect(chat.customer).toHaveCount(1);
  await chat.say(DAY_ONE[0].first);
  await chat.coachInMidSentence();
  await look("session-streaming");
  await chat.turnIsOver();
  await chat.mine.getByRole("button", { name: /^Score/ }).click();
  await look("session-corrected");
  for (const beside of ["progress", "history", "library", "calendar", "leaderboard", "settings"]) {
    await page.goto(`/${beside}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
    await look(beside);
  }
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await look("not-found");
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test(`every page is accessible, ${colorScheme}`, async ({ page, rep }, info) => {
      await goThrough(page, rep, async (what) => {
        await page.screenshot({ path: info.outputPath(`${what}.png`), animations: "disabled" });
        await isAccessible(page, `${what}, ${colorScheme}`);
      });
    });
  });
}

test.describe("320 px wide", () => {
  test.use({ viewport: { width: 320, height: 640 } });
  test("nothing scrolls sideways", async ({ page, rep }, info) => {
    await goThrough(page, rep, async (what) => {
      await page.screenshot({ path: info.outputPath(`${what}.png`), animations: "disabled" });
      await fitsItsWidth(page, what);
    });
  });
});

test("the chat reads well aloud", async ({ page, rep }) => {
  await page.goto("/login");
  await logIn(page, rep.email);
  await page.getByRole("button", { name: "Start practice" }).click();
  const chat = new Chat(page);
  await expect(chat.customer).toHaveCount(1);
  // One voice for messages, one for what goes on.
  const news = page.getByRole("log", { name: "New messages" });
  await expect(news).toHaveCount(1);
  await expect(page.getByRole("status")).toHaveCount(1);

  await chat.say(DAY_ONE[0].first);
  await chat.coachInMidSentence();
  await expect(page.getByRole("status")).toHaveText("Coach is writing.");
  await expect(news, "not word by word").not.toContainText("Coach");
  await chat.turnIsOver();
  await expect(news, "but whole").toContainText("Improved version");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading /^Day 1/ [level=1]
      - link "Back to Today"
      - timer "Time"
      - navigation "Step 4 of 4"
      - region "Chat":
        - list "Conversation":
          - listitem
          - listitem:
            - paragraph: Customer 1 of 3
          - listitem:
            - text: /Rakesh Sharma/
          - listitem:
            - text: /You/
            - button /Score \\d+ · why\\?/
          - listitem:
            - paragraph: Coach
            - figure "Improved version":
              - blockquote
      - form "Answer":
        - textbox "Your answer"
        - button "Send" [disabled]
  `);
});

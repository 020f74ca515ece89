// What a rep does on the screen, in the words of the screen.
import { type Page, expect } from "@playwright/test";
import { PASSWORD } from "./reps";

export const WEAK = "Sir minimum 1 lakh hi hai, aap le lo.";
export const STRONGER =
  "Rakesh ji, I understand, aap pehle chhote level par dekhna chahte hain. Let me explain why that is hard: 10,000 messages mein replies bahut kam aate hain, so nothing is clear. " +
  "Isliye I suggest 1 lakh as a sensible start, with the database of your own area and a CTA button. Shall I share a plan for your area today?";

export async function logIn(page: Page, email: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** From the log-in page to the first customer's message; gives the session's id. */
export async function startPractice(page: Page, email: string): Promise<string> {
  await page.goto("/");
  await logIn(page, email);
  await page.getByRole("button", { name: "Start practice" }).click();
  await expect(composer(page)).toBeEnabled();
  return new URL(page.url()).pathname.split("/")[2]!;
}

export const composer = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
export const bubbles = (page: Page) => page.getByRole("list", { name: "Conversation" }).getByRole("listitem");
export const stepNow = (page: Page) => page.locator('[aria-current="step"]');

export async function send(page: Page, words: string) {
  await composer(page).fill(words);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** The rep's own bubbles with these words: the coach quotes them too. */
export const own = (page: Page, words: string) => bubbles(page).filter({ hasText: `You: ${words}` });

/** Until the coach has said some words and is not done. */
export async function coachIsWriting(page: Page) {
  const card = bubbles(page).filter({ hasText: "Coach is writing…" });
  await expect(card).toBeVisible();
  const words = async () => (await card.innerText()).replace("Coach is writing…", "").split(/\s+/).length;
  await expect.poll(words).toBeGreaterThan(4);
}

export async function answerAndRepeat(page: Page, first = WEAK, again = STRONGER) {
  await send(page, first);
  await expect(stepNow(page)).toHaveText(/Say it again/);
  await expect(composer(page)).toBeEnabled();
  await send(page, again);
  await expect(page.getByRole("button", { name: /Next customer|Finish and see score/ })).toBeVisible();
}

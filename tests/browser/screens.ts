// The app's screens as somebody uses them: by roles and names, never by how they are built.
import { expect, type Locator, type Page } from "@playwright/test";
import { PASSWORD, type Message } from "./reps";

export async function logIn(page: Page, email: string) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** Logs in and opens today's session, which gives its id. */
export async function startPractice(page: Page, email: string): Promise<string> {
  await page.goto("/login");
  await logIn(page, email);
  await page.getByRole("button", { name: "Start practice" }).click();
  const chat = new Chat(page);
  await expect(chat.customer.first()).toBeVisible();
  return sessionOf(page);
}

export function sessionOf(page: Page): string {
  const id = new URL(page.url()).pathname.match(/^\/session\/([0-9a-f-]{36})/)?.[1];
  expect(id, page.url()).toBeTruthy();
  return id!;
}

/** The live session. */
export class Chat {
  readonly bubbles: Locator;
  /** The rep's own bubbles. */
  readonly mine: Locator;
  /** The coach's cards. */
  readonly coach: Locator;
  /** The customers' bubbles. */
  readonly customer: Locator;
  readonly answer: Locator;
  readonly send: Locator;
  readonly stop: Locator;

  constructor(readonly page: Page) {
    this.bubbles = page.getByRole("list", { name: "Conversation" }).getByRole("listitem");
    this.mine = this.bubbles.filter({ hasText: /^You: / });
    this.coach = this.bubbles.filter({ hasText: /^Coach(?! is)/ });
    this.customer = this.bubbles.filter({ hasText: /^(Rakesh Sharma|Sunita Agarwal|Imran Qureshi): / });
    this.answer = page.getByRole("textbox", { name: "Your answer" });
    this.send = page.getByRole("button", { name: "Send", exact: true });
    this.stop = page.getByRole("button", { name: "Stop", exact: true });
  }

  async say(words: string) {
    await this.answer.fill(words);
    await this.send.click();
  }

  /** Waits until the newest coach's card has words and is still being written, and gives these words. */
  async coachInMidSentence(): Promise<string> {
    const card = this.coach.last();
    await expect.poll(async () => words(await textOf(card)).length).toBeGreaterThan(12);
    const text = await textOf(card);
    await expect(this.stop).toBeVisible();
    return words(text).slice(0, -1).join(" ");
  }

  /** Waits until no turn runs. */
  async turnIsOver() {
    await expect(this.stop).toBeHidden();
    await expect(this.send.or(this.page.getByRole("group"))).toBeVisible();
  }

  /** Holds every bubble on the screen against what the server has: each message is there once, whole, in order. */
  async shows(messages: Message[]) {
    const labelled = this.mine.or(this.coach).or(this.customer);
    await expect(labelled).toHaveCount(messages.length);
    await expect(async () => {
      const shown = await labelled.allInnerTexts();
      for (const [index, message] of messages.entries()) {
        expect(plain(shown[index]!)).toContain(plain(message.content));
      }
    }).toPass({ timeout: 10_000 });
  }
}

/** A text as it is read: without the marks of emphasis, and without the label that the screen sets as a caption. */
export function plain(text: string): string {
  return words(text).join(" ");
}

function words(text: string): string[] {
  return text.replaceAll("*", "").replaceAll(/Improved version:?/g, " ").replaceAll(/Coach is writing…/g, " ").split(/\s+/).filter(Boolean);
}

async function textOf(locator: Locator): Promise<string> {
  return (await locator.innerText()).replace(/^Coach\s*(\d{1,2}:\d\d\s*[ap]m)?/i, "");
}

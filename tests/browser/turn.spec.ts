// The turn contract as a rep sees it: two devices, Stop, a bad line, and nothing lost.
import { test, expect } from "./reps";
import { bubbles, coachIsWriting, composer, logIn, own, send, startPractice, stepNow, WEAK } from "./session";

test("a second device in the middle of a turn shows the same", async ({ page, rep, browser }) => {
  const session = await startPractice(page, rep.email);
  await send(page, WEAK);
  await coachIsWriting(page);

  const second = await browser.newPage();
  await second.goto(`/session/${session}`);
  await logIn(second, rep.email);
  await expect(own(second, WEAK)).toHaveCount(1);
  await expect(stepNow(second)).toHaveText(/Say it again/);
  await expect(stepNow(page)).toHaveText(/Say it again/);
  const texts = async (on: typeof page) =>
    (await bubbles(on).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").replace(/\d{1,2}:\d{2}.(am|pm)/gi, ""));
  await expect.poll(() => texts(second)).toEqual(await texts(page));
  await second.close();
});

test("what one device sends, an idle one shows", async ({ page, rep, browser }) => {
  const session = await startPractice(page, rep.email);
  const idle = await browser.newPage();
  await idle.goto(`/session/${session}`);
  await logIn(idle, rep.email);
  await expect(composer(idle)).toBeEnabled();
  await send(page, WEAK);
  await expect(own(idle, WEAK)).toHaveCount(1, { timeout: 20_000 });
  await idle.close();
});

test("Stop keeps what was said, and the coach can be asked again", async ({ page, rep }) => {
  const session = await startPractice(page, rep.email);
  await send(page, WEAK);
  await coachIsWriting(page);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(page.getByRole("button", { name: "Ask the coach again" })).toBeVisible();
  const cut = (await rep.state(session)).items.find((message) => message.status === "stopped")!;
  expect(cut.content.length).toBeGreaterThan(0);
  await page.reload();
  await page.getByRole("button", { name: "Ask the coach again" }).click();
  await expect(stepNow(page)).toHaveText(/Say it again/);
  const state = await rep.state(session);
  expect(state.items.filter((message) => message.role === "salesperson")).toHaveLength(1);
  expect(state.items.filter((message) => message.kind === "correction" && message.status === "complete")).toHaveLength(1);
});

test("a line that breaks in mid-stream comes back by itself", async ({ page, rep, context }) => {
  await startPractice(page, rep.email);
  await send(page, WEAK);
  await coachIsWriting(page);
  await context.setOffline(true);
  await expect(page.getByText(/You are offline|Reconnecting/).first()).toBeVisible();
  await context.setOffline(false);
  await expect(stepNow(page)).toHaveText(/Say it again/, { timeout: 30_000 });
  await expect(own(page, WEAK)).toHaveCount(1);
});

test("what is sent without a line is kept, and sent once", async ({ page, rep, context }) => {
  const session = await startPractice(page, rep.email);
  await context.setOffline(true);
  await composer(page).fill(WEAK);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(own(page, WEAK)).toHaveCount(1);
  await context.setOffline(false);
  const again = page.getByRole("button", { name: "Send again" });
  // It may go by itself when the line is back; if it does not, the rep sends it again.
  await expect(again.or(stepNow(page).filter({ hasText: /Coach|Say it again/ })).first()).toBeVisible();
  if (await again.isVisible()) await again.click({ timeout: 2_000 }).catch(() => undefined);
  await expect(stepNow(page)).toHaveText(/Say it again/, { timeout: 30_000 });
  const sent = (await rep.state(session)).items.filter((message) => message.role === "salesperson");
  expect(sent.map((message) => message.content)).toEqual([WEAK]);
});

test("a draft survives a reload", async ({ page, rep }) => {
  await startPractice(page, rep.email);
  await composer(page).fill("Half a thought about chhota pack");
  await page.reload();
  await expect(composer(page)).toHaveValue("Half a thought about chhota pack");
});

test("the chat is one log of whole messages and one status for those who listen", async ({ page, rep }) => {
  await startPractice(page, rep.email);
  await expect(page.getByRole("log")).toHaveCount(1);
  await expect(page.getByRole("status")).toHaveCount(1);
  await send(page, WEAK);
  await coachIsWriting(page);
  await expect(page.getByRole("log")).not.toContainText(/Improved/);
  await expect(stepNow(page)).toHaveText(/Say it again/);
  await expect(page.getByRole("log")).toContainText(/Improved/);
});

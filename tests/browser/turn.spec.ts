// What happens to a turn when the world does not hold still.
import { expect, test } from "./reps";
import { DAY_ONE } from "./answers";
import { Chat, logIn, plain, startPractice } from "./screens";

const { first, again } = DAY_ONE[0];

test("a second device in the middle of a turn shows the same", async ({ page, rep, browser, baseURL }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  const other = await browser.newContext({ baseURL });
  const elsewhere = await other.newPage();
  await elsewhere.goto(`/session/${session}`);
  await logIn(elsewhere, rep.email);
  const seen = new Chat(elsewhere);
  await expect(seen.customer).toHaveCount(1);

  await chat.say(first);
  await chat.coachInMidSentence();
  // A device that comes in the middle of the turn.
  await elsewhere.reload();
  await seen.coachInMidSentence();
  await Promise.all([chat.turnIsOver(), seen.turnIsOver()]);
  const { items } = await rep.state(session);
  await chat.shows(items);
  await seen.shows(items);

  // And the other way round: what is answered there appears here, where nothing was pressed.
  await seen.say(again);
  await expect(chat.mine).toHaveCount(2);
  await Promise.all([chat.turnIsOver(), seen.turnIsOver()]);
  const later = (await rep.state(session)).items;
  await chat.shows(later);
  await seen.shows(later);
  await other.close();
});

test("the coach can be stopped, and asked again", async ({ page, rep }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await chat.say(first);
  const before = await chat.coachInMidSentence();
  await chat.stop.click();
  const askAgain = page.getByRole("button", { name: "Ask the coach again" });
  await expect(askAgain).toBeVisible();
  await expect(chat.coach).toHaveCount(1);
  await expect(chat.coach).toContainText("stopped");
  expect(plain(await chat.coach.innerText())).toContain(before);

  await page.reload();
  await expect(chat.coach).toContainText("stopped");
  await askAgain.click();
  await expect(chat.coach).toHaveCount(2);
  await chat.turnIsOver();
  await expect(chat.mine).toHaveCount(1);
  await chat.shows((await rep.state(session)).items);
  await expect(chat.answer).toBeEnabled();
});

test("a turn goes on while the phone is offline, and is whole once it is back", async ({ page, rep, context }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await chat.say(first);
  await chat.coachInMidSentence();
  await context.setOffline(true);
  await expect(page.getByText("You are offline. Nothing is lost.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are offline. Nothing is lost.")).toBeHidden();
  await chat.turnIsOver();
  await chat.shows((await rep.state(session)).items);
});

test("an answer sent while offline is kept and sent again without doubling", async ({ page, rep, context }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await context.setOffline(true);
  await chat.say(first);
  await expect(chat.mine).toContainText("not sent");
  await expect(page.getByRole("button", { name: "Send again" })).toBeVisible();
  expect((await rep.state(session)).items).toHaveLength(1);

  await context.setOffline(false);
  await page.getByRole("button", { name: "Send again" }).click();
  await chat.turnIsOver();
  await expect(chat.mine).toHaveCount(1);
  await chat.shows((await rep.state(session)).items);
});

test("an answer whose confirmation got lost is not sent twice", async ({ page, rep }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  let lost = 0;
  await page.route("**/message", async (route) => {
    // It reaches the server, and nothing comes back.
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await chat.say(first);
  // By itself or when asked: it ends as one answer.
  const again = page.getByRole("button", { name: "Send again" });
  await expect(again.or(chat.mine.getByText("read", { exact: true })).first()).toBeAttached();
  if (await again.isVisible()) await again.click();
  await chat.turnIsOver();
  expect(lost).toBe(1);
  await expect(chat.mine).toHaveCount(1);
  await chat.shows((await rep.state(session)).items);
});

test("what was typed survives a reload", async ({ page, rep }) => {
  await startPractice(page, rep.email);
  const chat = new Chat(page);
  await chat.answer.fill("Rakesh ji, I understand");
  await page.reload();
  await expect(chat.answer).toHaveValue("Rakesh ji, I understand");
});

test("on a desktop Enter sends and Shift+Enter breaks the line", async ({ page, rep }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await chat.answer.click();
  await page.keyboard.type("Rakesh ji, I understand.");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("Shall I send a plan today?");
  await page.keyboard.press("Enter");
  await expect(chat.mine).toHaveCount(1);
  expect((await rep.state(session)).items[1]!.content).toBe("Rakesh ji, I understand.\nShall I send a plan today?");
  await chat.turnIsOver();
});

// One stays where one was: Back, reload, deep links, a log-in that ran out.
import { expect, test } from "./reps";
import { DAY_ONE } from "./answers";
import { Chat, logIn, startPractice } from "./screens";

const TODAY = { level: 1, name: /^Good (morning|afternoon|evening), / } as const;

test("a deep link leads through the log-in to where it points", async ({ page, rep, browser, baseURL }) => {
  const session = await startPractice(page, rep.email);
  const context = await browser.newContext({ baseURL });
  const fresh = await context.newPage();
  await fresh.goto(`/session/${session}`);
  await expect(fresh.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await logIn(fresh, rep.email);
  await expect(fresh).toHaveURL(`/session/${session}`);
  await expect(new Chat(fresh).customer).toHaveCount(1);
  // The log-in page is not in the way back.
  await fresh.reload();
  await expect(fresh).toHaveURL(`/session/${session}`);
  await context.close();
});

test("Back and reload keep one where one was", async ({ page, rep }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await page.getByRole("link", { name: "Back to Today" }).click();
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(`/session/${session}`);
  await expect(chat.customer).toHaveCount(1);
  await page.reload();
  await expect(chat.customer).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(`/session/${session}`);
  await expect(chat.customer).toHaveCount(1);
});

test("a log-in that ended leads back to the session, with the draft", async ({ page, rep, context }) => {
  const session = await startPractice(page, rep.email);
  const chat = new Chat(page);
  await chat.answer.fill(DAY_ONE[0].first);
  // This device is logged out from elsewhere: its cookie's family is over, and its access token with it.
  const [cookie] = (await context.cookies()).filter((cookie) => cookie.path === "/api/auth");
  await rep.api.post("/api/auth/logout", { headers: { cookie: `${cookie!.name}=${cookie!.value}` } });
  await chat.send.click();
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await logIn(page, rep.email);
  await expect(page).toHaveURL(`/session/${session}`);
  await expect(chat.customer).toHaveCount(1);
  // Nothing was sent without a log-in, and nothing typed is lost.
  await expect(page.getByText(DAY_ONE[0].first)).toBeVisible();
  expect((await rep.state(session)).items).toHaveLength(1);
});

test("logging out ends it", async ({ page, rep }) => {
  await startPractice(page, rep.email);
  await page.getByRole("link", { name: "Back to Today" }).click();
  // A summary has no role of its own.
  await page.locator("summary", { hasText: "Account: " }).click();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
});

test("a wrong password, an empty form and no connection are told apart", async ({ page, rep, context }) => {
  await page.goto("/login");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.getByLabel("E-mail").fill(rep.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("Log-in failed");
  await context.setOffline(true);
  await page.getByLabel("Password", { exact: true }).fill("wrong again");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("No connection");
  await context.setOffline(false);
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
});

test("an address that leads nowhere says so", async ({ page, rep }) => {
  await startPractice(page, rep.email);
  // Leaving while the log-in is being renewed would end it: its answer would be lost.
  const renewed = page.waitForResponse("**/api/auth/refresh-token");
  await page.goto("/no/such/page");
  await renewed;
  await expect(page.getByRole("heading", { level: 1, name: "Nothing at this address" })).toBeVisible();
  await page.goto("/session/00000000-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { level: 1, name: "There is no such session" })).toBeVisible();
  await page.getByRole("link", { name: "Back to Today" }).click();
  await expect(page.getByRole("heading", TODAY)).toBeVisible();
});

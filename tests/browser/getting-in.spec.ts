// The ways in, as somebody takes them who has nothing but a browser and their mail.
import type { APIRequestContext, Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { address, founder, linkTo } from "./founders";
import { expect, PASSWORD, test } from "./reps";
import { logIn } from "./screens";

const TODAY = /^Good (morning|afternoon|evening), /;

function heading(page: Page, name: string | RegExp) {
  return expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

/** The mail's link as an address of this server, whatever name it calls itself. */
async function open(page: Page, link: string) {
  const { pathname, hash } = new URL(link);
  await page.goto(pathname + hash);
}

async function introduce(page: Page, first: string, password = PASSWORD) {
  await page.getByLabel("First name").fill(first);
  await page.getByLabel("Last name").fill("Rao");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Create my account" }).click();
}

/** What a link carries is nowhere to be seen. */
async function tokenIsHidden(page: Page, link: string) {
  const token = new URL(link).hash.slice("#token=".length);
  await expect.poll(() => page.url()).not.toContain("#");
  expect(await page.content()).not.toContain(token);
}

test("a trial, from nothing to a manager who is logged in", async ({ page, request }) => {
  const email = address();
  await page.goto("/login");
  await page.getByRole("link", { name: "Start a trial for your team" }).click();
  await heading(page, "Start a trial for your team");
  await page.getByLabel("Company").fill("Sagar Sarees");
  await page.getByLabel("Work e-mail").fill("meera");
  await page.getByRole("button", { name: "Start the trial" }).click();
  // Nothing goes out before it is whole, and nothing typed is lost.
  await expect(page.getByLabel("Work e-mail")).toBeFocused();
  await expect(page.getByLabel("Work e-mail")).toHaveAccessibleDescription(/such as asha@example.com/);
  await expect(page.getByLabel("Company")).toHaveValue("Sagar Sarees");
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByRole("button", { name: "Start the trial" }).click();
  await heading(page, "Look into your mail");
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByRole("link", { name: "Outbox of this machine" })).toHaveAttribute("href", "/api/dev/outbox");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Company")).toHaveValue("Sagar Sarees");

  const link = await linkTo(request, email);
  await open(page, link);
  await heading(page, "Your account at Sagar Sarees");
  await tokenIsHidden(page, link);
  await page.reload();
  await heading(page, "Your account at Sagar Sarees");
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await introduce(page, "Meera", "short");
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await introduce(page, "Meera");
  await heading(page, TODAY);
  await expect(page.getByRole("heading", { name: "Your team can practise tomorrow" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Make a team/ })).toHaveAttribute("href", "/teams");
  expect(await page.evaluate(() => sessionStorage.length), "no token is kept").toBe(0);

  // The same link is no second account.
  await open(page, link);
  await introduce(page, "Meera");
  await expect(page.getByRole("alert")).toContainText("This address has an account already");
});

test("a forgotten password is set anew, and the link works once", async ({ page, rep }) => {
  const fresh = "a calm and steady answer";
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await heading(page, "Forgot your password?");
  await page.getByLabel("E-mail").fill(rep.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await heading(page, "Look into your mail");
  await expect(page.getByText("If this address has an account, a mail is on its way:")).toBeVisible();

  const link = await linkTo(rep.api, rep.email);
  await open(page, link);
  await heading(page, "Choose a new password");
  await tokenIsHidden(page, link);
  const password = page.getByLabel("New password");
  await expect(password).toHaveAccessibleDescription(/^At least 10 characters/);
  await password.fill(fresh);
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Set the password" }).click();
  await heading(page, "Your new password is set");
  await page.getByRole("link", { name: "Log in" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(rep.email);
  await logIn(page, rep.email);
  await expect(page.getByRole("alert")).toContainText("Log-in failed");
  await page.getByLabel("Password", { exact: true }).fill(fresh);
  await page.getByRole("button", { name: "Log in" }).click();
  await heading(page, TODAY);

  await open(page, link);
  await password.fill(fresh);
  await page.getByRole("button", { name: "Set the password" }).click();
  await heading(page, "This link no longer works");
  await page.getByRole("link", { name: "Ask for a new link" }).click();
  await heading(page, "Forgot your password?");
});

test.describe("on a small phone", () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  test("an invite by mail leads to Today", async ({ page, playwright, baseURL }) => {
    const api = await playwright.request.newContext({ baseURL });
    const email = address();
    await (await founder(api)).invite({ email, role: "sales_rep" });
    await open(page, await linkTo(api, email));
    await heading(page, "Your account at Sagar Sarees");
    await expect(page.getByText("You will be a sales rep.")).toBeVisible();
    await introduce(page, "Asha");
    await heading(page, TODAY);
    await expect(page.getByRole("heading", { name: "No practice today" })).toBeVisible();
    await api.dispose();
  });

  test("an invite by link asks for an address first", async ({ page, playwright, baseURL }) => {
    const api = await playwright.request.newContext({ baseURL });
    const { link } = await (await founder(api)).invite({ role: "manager" });
    await open(page, link!);
    await heading(page, "Join Sagar Sarees");
    const email = address();
    await page.getByLabel("Work e-mail").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await heading(page, "Look into your mail");
    // The mail's link is pasted over the page that the first one opened, and once more.
    const second = await linkTo(api, email);
    for (const _ of [1, 2]) {
      await page.evaluate((hash) => (location.hash = hash), new URL(second).hash);
      await tokenIsHidden(page, second);
      await heading(page, "Your account at Sagar Sarees");
    }
    await introduce(page, "Farah");
    await heading(page, TODAY);
    // The first link is used up with it.
    await open(page, link!);
    await heading(page, "This link no longer works");
    await page.getByRole("button", { name: "Start a trial for your team" }).click();
    await heading(page, "Start a trial for your team");
    await expect(page.getByText(`You are logged in as ${email}.`)).toBeVisible();
    await api.dispose();
  });
});

test("no connection is told from a link that opens nothing", async ({ page }) => {
  await page.route("**/api/invites/offer", (route) => route.abort());
  await page.goto("/register#token=abc");
  await expect(page.getByRole("alert")).toContainText("No connection");
  await page.unroute("**/api/invites/offer");
  await page.getByRole("button", { name: "Retry" }).click();
  await heading(page, "This link no longer works");
  await page.goto("/reset-password");
  await heading(page, "Open the link in your mail");
});

/** Goes through all of these pages, and looks at each. */
async function goThrough(page: Page, api: APIRequestContext, look: (what: string) => Promise<void>) {
  const { invite, email } = await founder(api);
  const to = address();
  const { link: handedOn } = await invite({ role: "sales_rep" });
  await invite({ email: to, role: "sales_rep" });
  const step = async (name: string, what: string) => {
    await heading(page, name);
    await look(what);
  };
  await page.goto("/login");
  await step("Log in", "log-in");
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill(email);
  await step("Forgot your password?", "forgot");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("link", { name: "Outbox of this machine" })).toBeVisible();
  await step("Look into your mail", "forgot-sent");
  await page.goto("/reset-password");
  await step("Open the link in your mail", "reset-without-link");
  const reset = await linkTo(api, email);
  await open(page, reset);
  await step("Choose a new password", "reset");
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Set the password" }).click();
  await step("Your new password is set", "reset-done");
  await page.goto("/register");
  await step("Start a trial for your team", "trial");
  await page.getByRole("button", { name: "Start the trial" }).click();
  await expect(page.getByLabel("Company")).toBeFocused();
  await look("trial-errors");
  await page.goto("/register#token=abc");
  await step("This link no longer works", "register-shut");
  await page.goto("/login");
  await open(page, handedOn!);
  await step("Join Sagar Sarees", "join");
  await page.goto("/login");
  await open(page, await linkTo(api, to));
  await heading(page, "Your account at Sagar Sarees");
  await expect(page.getByLabel("E-mail")).toHaveValue(to);
  await look("account");
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [320, 390, 1280]) {
    test.describe(`${width} px, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width, height: width > 1000 ? 860 : 800 } });
      test(`every page before the log-in is for everybody, ${width} px, ${colorScheme}`, async ({ page, request }, info) => {
        await goThrough(page, request, async (what) => {
          await page.screenshot({ path: info.outputPath(`${what}.png`), animations: "disabled", fullPage: true });
          await fitsItsWidth(page, `${what}, ${width} px`);
          if (width !== 320) await isAccessible(page, `${what}, ${colorScheme}`);
        });
      });
    });
  }
}

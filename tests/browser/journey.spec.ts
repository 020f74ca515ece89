// A rep practises a whole session, on a phone; again at 360 px.
import { test, expect } from "./reps";
import { isAccessible, fitsItsWidth } from "./accessible";
import { answerAndRepeat, bubbles, coachIsWriting, composer, logIn, own, send, startPractice, stepNow, STRONGER, WEAK } from "./session";

for (const size of [{ width: 390, height: 844 }, { width: 360, height: 740 }]) {
  test.describe(`at ${size.width} px`, () => {
    test.use({ viewport: size });

    test("log in, answer, be corrected, reload in mid-stream, repeat, finish, see the score", async ({ page, rep }) => {
      await page.goto("/");
      await expect(page).toHaveTitle("Log in · Sales Captain");
      await isAccessible(page, "log-in");
      await logIn(page, rep.email);

      await expect(page.getByRole("heading", { level: 1 })).toContainText("Good");
      await expect(page.getByText("Day 1 of 10")).toBeVisible();
      await fitsItsWidth(page, "Today");
      await isAccessible(page, "Today");
      await page.getByRole("button", { name: "Start practice" }).click();

      await expect(stepNow(page)).toHaveText(/You answer/);
      await expect(bubbles(page).first()).toBeVisible();
      const session = new URL(page.url()).pathname.split("/")[2]!;

      await send(page, WEAK);
      await expect(composer(page)).toBeDisabled();
      await expect(stepNow(page)).toHaveText(/Coach/);
      await coachIsWriting(page);
      await page.reload();

      // The same words go on, to the very text the server has; the rep's message stands there once.
      await expect(own(page, WEAK)).toHaveCount(1);
      await expect(stepNow(page)).toHaveText(/Say it again/);
      const corrected = await rep.state(session);
      const correction = corrected.items.find((message) => message.kind === "correction")!;
      expect(correction.status).toBe("complete");
      expect(corrected.items.filter((message) => message.role === "salesperson")).toHaveLength(1);
      for (const line of correction.content.replaceAll("*", "").split("\n").filter((line) => line && !/:$/.test(line.trim()))) {
        await expect(page.getByRole("list", { name: "Conversation" })).toContainText(line.trim());
      }
      await expect(own(page, WEAK)).toContainText("read");
      await isAccessible(page, "the session");
      await fitsItsWidth(page, "the session");
      if (size.width === 390 && process.env.UPDATE_SCREENSHOTS) {
        await page.screenshot({ path: "../../docs/screenshots/session-phone.png" });
      }

      await send(page, STRONGER);
      await expect(page.getByRole("button", { name: "Next customer" })).toBeVisible();
      const score = page.getByRole("button", { name: /^Score \d+/ }).last();
      await score.click();
      await expect(score).toHaveAttribute("aria-expanded", "true");

      await page.getByRole("button", { name: "Next customer" }).click();
      await expect(stepNow(page)).toHaveText(/You answer/);
      await answerAndRepeat(page);
      await page.getByRole("button", { name: "Next customer" }).click();
      await answerAndRepeat(page);
      await page.getByRole("button", { name: "Finish and see score" }).click();

      await expect(page).toHaveURL(/\/result$/);
      await expect(page.getByRole("heading", { name: "Five things you train" })).toBeVisible();
      await expect(page.getByRole("heading", { name: /^Before/, level: 4 }).first()).toBeVisible();
      await expect(page.getByText(WEAK).first()).toBeVisible();
      await isAccessible(page, "the result");
      await fitsItsWidth(page, "the result");
      if (size.width === 390 && process.env.UPDATE_SCREENSHOTS) {
        await page.screenshot({ path: "../../docs/screenshots/result-phone.png" });
      }
      expect((await rep.state(session)).step).toBe("completed");

      await page.getByRole("link", { name: "Back to Today" }).first().click();
      await expect(page.getByRole("link", { name: "See result" }).first()).toBeVisible();
    });
  });
}

test.describe("at 320 px in the dark", () => {
  test.use({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });

  test("nothing scrolls sideways and all can be read", async ({ page, rep }) => {
    await page.goto("/");
    await fitsItsWidth(page, "log-in");
    await isAccessible(page, "log-in in the dark");
    await startPractice(page, rep.email);
    await answerAndRepeat(page);
    await fitsItsWidth(page, "the session");
    await isAccessible(page, "the session in the dark");
  });
});

test("a deep link leads through the log-in and back", async ({ page, rep }) => {
  const session = await startPractice(page, rep.email);
  const fresh = await page.context().browser()!.newPage();
  await fresh.goto(`/session/${session}`);
  await expect(fresh).toHaveURL(/\/login\?next=/);
  await logIn(fresh, rep.email);
  await expect(fresh).toHaveURL(new RegExp(`/session/${session}$`));
  await expect(composer(fresh)).toBeEnabled();
  await fresh.close();
});

test("a wrong password is said so, and the address stays", async ({ page, rep }) => {
  await page.goto("/");
  await page.getByLabel("E-mail").fill(rep.email);
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("Log-in failed");
  await expect(page.getByLabel("E-mail")).toHaveValue(rep.email);
});

test("an address that leads nowhere says so", async ({ page, rep }) => {
  await page.goto("/");
  await logIn(page, rep.email);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Good");
  await page.goto("/no/such/page");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing at this address");
});

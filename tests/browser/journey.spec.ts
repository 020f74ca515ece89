// A rep practises a whole session: from the log-in to the score.
import { expect, test } from "./reps";
import { fitsItsWidth, isAccessible } from "./accessible";
import { DAY_ONE } from "./answers";
import { Chat, logIn, plain, sessionOf } from "./screens";

const PHONES = [
  { name: "on a phone", viewport: { width: 390, height: 844 } },
  { name: "on a small phone", viewport: { width: 360, height: 740 } },
];

for (const { name, viewport } of PHONES) {
  test.describe(name, () => {
    test.use({ viewport, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

    test("a rep practises a whole session and sees the score", async ({ page, rep }) => {
      test.setTimeout(180_000);
      const chat = new Chat(page);

      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
      await logIn(page, rep.email);
      await expect(page.getByRole("heading", { level: 1, name: /^Good (morning|afternoon|evening), / })).toBeVisible();
      await expect(page.getByText("Day 1 of 10")).toBeVisible();
      await page.getByRole("button", { name: "Start practice" }).click();

      await expect(chat.customer).toHaveCount(1);
      const session = sessionOf(page);
      const steps = page.getByRole("navigation", { name: /^Step \d of 4$/ });
      await expect(steps).toHaveAccessibleName("Step 2 of 4");

      for (const [drill, { first, again }] of DAY_ONE.entries()) {
        await chat.say(first);
        const answer = chat.mine.nth(drill * 2);
        await expect(answer).toContainText(first);
        await expect(answer.getByText("read", { exact: true })).toBeAttached();
        await expect(steps).toHaveAccessibleName("Step 3 of 4");

        // In the middle of the correction the page is loaded anew: nothing is lost, nothing doubled.
        const before = await chat.coachInMidSentence();
        if (drill === 0) {
          if (viewport.width === 390) await picture(page, "session-phone");
          await page.reload();
          await expect.poll(async () => plain(await chat.coach.last().innerText())).toContain(before);
          await expect(chat.stop).toBeVisible();
        }
        await chat.turnIsOver();
        await expect(steps).toHaveAccessibleName("Step 4 of 4");
        await chat.shows((await rep.state(session)).items);

        await answer.getByRole("button", { name: /^Score \d+/ }).click();
        if (drill === 0) await isAccessible(page, "the session with evidence open");
        await answer.getByRole("button", { name: /^Score \d+/ }).click();

        await chat.say(again);
        await chat.turnIsOver();
        await chat.shows((await rep.state(session)).items);
        const isLast = drill === DAY_ONE.length - 1;
        await page.getByRole("button", { name: isLast ? "Finish and see score" : "Next customer" }).click();
        if (!isLast) await expect(chat.customer.filter({ hasNotText: "is typing" })).toHaveCount((drill + 1) * 2 + 1);
      }

      await expect(page).toHaveURL(`/session/${session}/result`);
      await expect(page.getByRole("heading", { level: 2, name: "Before and after" })).toBeVisible();
      const regions = page.getByRole("region", { name: /^\d of 3: / });
      await expect(regions).toHaveCount(3);
      for (const [index, { first, again }] of DAY_ONE.entries()) {
        await expect(regions.nth(index)).toContainText(first.slice(0, 30));
        await expect(regions.nth(index)).toContainText(again.slice(0, 30));
      }
      await isAccessible(page, "the result");
      await fitsItsWidth(page, "the result");
      if (viewport.width === 390) await picture(page, "result-phone");

      // The result is an address: loaded anew it is the same.
      const score = page.getByText(/^Score\s*\d+\s*of 100$/);
      const shown = (await score.textContent())!;
      await page.reload();
      await expect(score).toHaveText(shown);
      await page.getByRole("link", { name: "Back to Today" }).click();
      await expect(page.getByRole("link", { name: "See result" }).first()).toBeVisible();
    });
  });
}

/** The README's pictures; made anew only when asked. */
async function picture(page: import("@playwright/test").Page, name: string) {
  if (process.env.UPDATE_SCREENSHOTS === "1") {
    await page.screenshot({ path: `../../docs/screenshots/${name}.png`, scale: "css", animations: "disabled" });
  }
}

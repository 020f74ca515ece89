// A trainer's day: a stock scenario made one's own, changed, tried, published; a draft from a brief; the tone's rules.
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { founder } from "./founders";
import { expect, test } from "./reps";
import { logIn } from "./screens";

// Scenarios are written at a desk.
test.use({ viewport: { width: 1280, height: 800 } });

function heading(page: Page, name: string | RegExp) {
  return expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function open(page: Page, email: string, path: string) {
  await page.goto(`/login?next=${encodeURIComponent(path)}`);
  await logIn(page, email);
}

/** Opens the stock scenario of day 1 and makes it the company's own. */
async function copyDayOne(page: Page) {
  await page.getByRole("region", { name: "Day 1", exact: true }).getByRole("link").click();
  await page.getByRole("button", { name: "Copy and edit" }).click();
  await expect(page.getByText("Your own", { exact: true })).toBeVisible();
}

test("a trainer copies a stock scenario, mends it and tries it", async ({ page, request }) => {
  const { email } = await founder(request);
  await open(page, email, "/scenarios");
  await heading(page, "Scenarios");
  await page.getByRole("searchbox", { name: "Search scenarios" }).fill("small pack");
  await expect(page.getByText(/scenarios? found$/)).toBeVisible();
  await page.getByRole("searchbox", { name: "Search scenarios" }).fill("");
  await copyDayOne(page);

  // What is missing is said beside its field, and what was typed is asked about before it is lost.
  const theme = page.getByLabel("Theme");
  await theme.fill("");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(theme).toBeFocused();
  await expect(theme).toHaveAttribute("aria-invalid", "true");
  await theme.fill("A small pack first");
  await page.getByRole("navigation", { name: "Parts of the scenario" }).getByRole("button", { name: /^Rakesh/ }).click();
  await page.getByLabel("The message, word for word").fill("Pehle 10,000 messages ka chhota pack do, phir dekhte hain.");
  await page.getByRole("link", { name: "Scenarios" }).first().click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay here" }).click();

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await heading(page, "A small pack first");
  await page.getByRole("tab", { name: "Try it" }).click();
  await page.getByRole("button", { name: "Take the ideal answer" }).click();
  await page.getByRole("button", { name: "Judge it" }).click();
  await expect(page.getByText("It passes")).toBeVisible();
  await page.getByRole("button", { name: "Hear the coach" }).click();
  await expect(page.getByText("By the built-in coach.")).toBeVisible();
});

test("a scenario is published, and publishing again says what changes", async ({ page, request }) => {
  const { email } = await founder(request);
  await open(page, email, "/scenarios");
  await copyDayOne(page);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const publish = page.getByRole("dialog", { name: /^Publish version/ });
  await expect(publish).toContainText("Day 1 is practised with it, instead of “I want a small pack / trial first”.");
  await publish.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Published", { exact: true })).toBeVisible();

  // The next change is a draft beside it, and publishing says what it changes.
  await page.getByLabel("Theme").fill("I want a tiny pack / trial first");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Publish the changes" }).click();
  await expect(page.getByRole("dialog").getByRole("deletion")).toHaveText("small ");
  await expect(page.getByRole("dialog").getByRole("insertion")).toHaveText("tiny ");
  await page.getByRole("dialog").getByRole("button", { name: "Not yet" }).click();

  await page.getByRole("link", { name: "Scenarios" }).first().click();
  const day = page.getByRole("region", { name: "Day 1", exact: true });
  await expect(day.getByRole("listitem").first()).toContainText("Practised");
  await expect(day.getByRole("listitem").first()).toContainText("Unpublished changes");
  await expect(day.getByRole("listitem").nth(1)).toContainText("Stock library");
});

test("somebody else's change is not overwritten unseen", async ({ page, request, context }) => {
  const { email } = await founder(request);
  await open(page, email, "/scenarios");
  await copyDayOne(page);
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel("Theme").fill("Theirs");
  await page.getByLabel("Theme").fill("Mine");
  await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Theirs" })).toBeVisible();
  await page.bringToFront();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Somebody changed this meanwhile")).toBeVisible();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await heading(page, "Mine");
});

test("a brief becomes a draft that is stored only when it is saved", async ({ page, request }) => {
  const { email } = await founder(request);
  await open(page, email, "/scenarios/new?from=brief");
  await heading(page, "Draft from a brief");
  await page.getByRole("button", { name: "Write the draft" }).click();
  await expect(page.getByLabel("What it is about")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("What it is about").fill("A caterer says the price is too high and asks for a discount.");
  await page.getByLabel("Name").fill("Harpreet Kaur");
  await page.getByRole("button", { name: "Write the draft" }).click();
  await heading(page, "New scenario");
  await expect(page.getByRole("note")).toContainText("This is a draft, stored nowhere yet");
  await expect(page.getByRole("navigation", { name: "Parts of the scenario" })).toContainText("Harpreet");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page).toHaveURL(/\/scenarios\/[0-9a-f-]{36}/);
  await expect(page.getByText("Draft", { exact: true })).toBeVisible();
});

test("a rule of tone is tried before anybody is judged by it", async ({ page, request }) => {
  const { email } = await founder(request);
  await open(page, email, "/tone?view=avoid");
  await heading(page, "Tone");
  await page.getByRole("textbox", { name: "Try an answer" }).fill("Frankly, 1 lakh is right for you. Shall we start?");
  const kept = page.getByText("of the tone is kept");
  await expect(kept).toBeVisible();
  await page.getByRole("button", { name: "Add a phrase" }).click();
  await page.getByLabel("Phrase").fill("frankly");
  await page.getByLabel("Why it costs trust").fill("What was the rest, then?");
  await page.getByLabel("How it appears in answers").fill("Frankly,");
  await expect(page.getByText(/^Before your changes: \d+%$/).first()).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Your own", { exact: true })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 700 } });
    test(`what trainers write with is accessible and narrow enough, ${colorScheme}`, async ({ page, request }) => {
      const { email } = await founder(request);
      await open(page, email, "/scenarios");
      const look = async (what: string) => {
        await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
        await isAccessible(page, `${what}, ${colorScheme}`);
        await fitsItsWidth(page, what);
      };
      await heading(page, "Scenarios");
      await look("the library");
      await page.getByRole("region", { name: "Day 1", exact: true }).getByRole("link").click();
      await expect(page.getByRole("button", { name: "Copy and edit" })).toBeVisible();
      await look("a stock scenario");
      await page.getByRole("button", { name: "Copy and edit" }).click();
      await expect(page.getByText("Your own", { exact: true })).toBeVisible();
      await look("the editor");
      await page.getByRole("navigation", { name: "Parts of the scenario" }).getByRole("button", { name: /^Rakesh/ }).click();
      await page.getByRole("button", { expanded: false, name: /weight/ }).first().click();
      await look("the editor of a customer");
      await page.getByRole("button", { name: "Preview", exact: true }).click();
      await look("the preview");
      await page.goto("/scenarios/new?from=brief");
      await heading(page, "Draft from a brief");
      await look("the brief");
      await page.goto("/tone");
      await heading(page, "Tone");
      await page.getByRole("button", { expanded: false, name: /weight/ }).first().click();
      await look("the tone");
    });
  });
}

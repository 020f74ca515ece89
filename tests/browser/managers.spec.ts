// A manager's first day: from an empty company to a group that practises.
import type { Page } from "@playwright/test";
import { fitsItsWidth, isAccessible } from "./accessible";
import { founder } from "./founders";
import { expect, test } from "./reps";
import { logIn } from "./screens";

function heading(page: Page, name: string | RegExp) {
  return expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

async function comeIn(page: Page, email: string) {
  await page.goto("/login");
  await logIn(page, email);
  await expect(page.getByRole("heading", { name: "Your team can practise tomorrow" })).toBeVisible();
}

test("a founder makes a team, invites reps and gives them a time to practise", async ({ page, request }) => {
  const { email } = await founder(request);
  await comeIn(page, email);

  await page.getByRole("link", { name: /^Make a team/ }).click();
  await heading(page, "Teams");
  await page.getByRole("button", { name: "Make a team" }).click();
  const newTeam = page.getByRole("dialog", { name: "New team" });
  await newTeam.getByRole("button", { name: "Make the team" }).click();
  // A team needs a name, and says so where it is missing.
  await expect(newTeam.getByLabel("Name")).toBeFocused();
  await expect(newTeam.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  await newTeam.getByLabel("Name").fill("West");
  await expect(newTeam.getByLabel("Led by")).toContainText("Meera Rao");
  await newTeam.getByRole("button", { name: "Make the team" }).click();
  await expect(page.getByRole("link", { name: "West" })).toBeVisible();

  await page.goto("/invites");
  await heading(page, "Invites");
  await page.getByLabel("Team").selectOption({ label: "West" });
  await page.getByRole("button", { name: "Make a link" }).click();
  await expect(page.getByText(/\/register#token=/)).toBeVisible();
  await page.getByLabel("Addresses").fill("Name,E-mail\nAsha Verma,asha@sagar.test\nnobody\nASHA@sagar.test\n");
  await expect(page.getByText("“nobody”: there is no e-mail address in this line.")).toBeVisible();
  await expect(page.getByText("1 repeated, sent once.")).toBeVisible();
  await page.getByRole("button", { name: "Send 1 invite" }).click();
  await expect(page.getByText("1 invite is on its way.")).toBeVisible();
  const sent = page.getByRole("table", { name: "Invites" }).getByRole("row");
  await expect(sent.filter({ hasText: "asha@sagar.test" })).toContainText("Sales rep · West");
  await page.getByRole("button", { name: "Take back the invite for asha@sagar.test" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await expect(sent.filter({ hasText: "asha@sagar.test" })).toContainText("Taken back");

  await page.goto("/groups");
  await page.getByRole("button", { name: "New group" }).click();
  const newGroup = page.getByRole("dialog", { name: "New group in West" });
  await newGroup.getByLabel("Name").fill("Group A");
  await newGroup.getByLabel("At", { exact: true }).fill("09:30");
  await newGroup.getByRole("checkbox", { name: "Saturday" }).check({ force: true });
  await expect(newGroup.getByRole("status").getByRole("listitem")).toHaveCount(5);
  await newGroup.getByRole("button", { name: "Make the group" }).click();
  await expect(page.getByRole("region", { name: "Group A" })).toContainText("Mon to Sat · 9:30 AM");

  // What was there to do is ticked on the first page, and the board waits for the first rep.
  await page.goto("/");
  await expect(page.getByRole("link", { name: /^Make a team.*\(done\)/ })).toBeVisible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 320, height: 700 } });
    test(`a manager's pages are accessible and narrow enough, ${colorScheme}`, async ({ page }) => {
      await page.goto("/login");
      await logIn(page, "manager@salescaptain.test");
      await heading(page, /^Good /);
      for (const path of ["/", "/people", "/invites", "/teams", "/groups", "/schedule", "/reports", "/audit", "/leaderboard?by=practice&period=all", "/settings"]) {
        await page.goto(path);
        await heading(page, /./);
        await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
        await isAccessible(page, `${path}, ${colorScheme}`);
        await fitsItsWidth(page, path);
      }
      await page.goto("/people?role=sales_rep");
      await page.getByRole("link", { name: "Asha Verma" }).click();
      await heading(page, "Asha Verma");
      await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
      await isAccessible(page, `a rep, ${colorScheme}`);
      await fitsItsWidth(page, "a rep");
      await page.getByRole("link", { name: /^Day 1 · / }).last().click();
      await heading(page, "Asha Verma, day 1");
      await expect(page.getByRole("button", { name: "Judge it anew" })).toBeVisible();
      await isAccessible(page, `a session, ${colorScheme}`);
      await fitsItsWidth(page, "a session");
      await page.getByRole("link", { name: "Word for word" }).click();
      await expect(page.getByRole("heading", { level: 2, name: /^1\. / })).toBeVisible();
      await isAccessible(page, `a transcript, ${colorScheme}`);
      await fitsItsWidth(page, "a transcript");
    });
  });
}

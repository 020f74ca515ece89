// A picture of every page: full, while it loads, when the server fails, and in a company that was founded a moment ago.
import { test, type Browser, type Page } from "@playwright/test";
import { founder } from "../founders";
import { logIn } from "../screens";
import { askAs, ofAdmin, ofManager, ofRep, WITHOUT_LOG_IN, type Shown } from "./pages";

const FOLDER = process.env.GALLERY ?? "../../../target/gallery";
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };
const THEMES = ["light", "dark"] as const;

type Size = keyof typeof SIZES;
type Theme = (typeof THEMES)[number];
/** What the server does: it answers, keeps one waiting, or fails. */
type Server = "full" | "loading" | "error";

/** What a page needs to know who one is: it always answers. */
const WHO = /\/api\/(auth\/|users\/me|health)/;

async function serverThat(page: Page, does: Server) {
  await page.unrouteAll({ behavior: "ignoreErrors" });
  if (does === "full") return;
  await page.route("**/api/**", async (route) => {
    if (WHO.test(route.request().url())) return route.fallback();
    if (does === "loading") return;
    const problem = { type: "about:blank", title: "The server failed", status: 500, detail: "Something failed on our side. Please try again.", code: "internal" };
    await route.fulfill({ status: 500, contentType: "application/problem+json", body: JSON.stringify(problem) });
  });
}

async function opened(browser: Browser, size: Size, theme: Theme, email?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  if (email) {
    await page.goto("/login");
    await logIn(page, email);
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  }
  return page;
}

async function picture(page: Page, shown: Shown, who: string, state: string, size: Size, theme: Theme) {
  await page.goto(shown.path);
  if (state !== "loading") await page.waitForLoadState("networkidle").catch(() => {});
  // Failed reads are asked for again before a page says so.
  await page.waitForTimeout(state === "error" ? 4_000 : 700);
  await page.screenshot({ path: `${FOLDER}/${who}/${shown.name}-${state}-${size}-${theme}.png`, fullPage: true, animations: "disabled" });
}

test("without a log-in", async ({ browser }) => {
  for (const size of Object.keys(SIZES) as Size[])
    for (const theme of THEMES) {
      const page = await opened(browser, size, theme);
      for (const shown of WITHOUT_LOG_IN) await picture(page, shown, "nobody", "full", size, theme);
      await page.context().close();
    }
});

for (const [who, pagesOf] of [["rep", ofRep], ["manager", ofManager], ["admin", ofAdmin]] as const) {
  const email = `${who}@salescaptain.test`;
  for (const size of Object.keys(SIZES) as Size[])
    for (const theme of THEMES)
      test(`${who}, ${size}, ${theme}`, async ({ browser, playwright, baseURL }) => {
        const api = await playwright.request.newContext({ baseURL });
        const pages = await pagesOf(await askAs(api, email));
        const page = await opened(browser, size, theme, email);
        for (const state of theme === "light" ? (["full", "loading", "error"] as const) : (["full"] as const)) {
          await serverThat(page, state);
          for (const shown of pages) await picture(page, shown, who, state, size, theme);
        }
        await page.context().close();
      });
}

test("a company that was founded a moment ago", async ({ browser, playwright, baseURL }) => {
  const api = await playwright.request.newContext({ baseURL });
  const { email } = await founder(api);
  const pages = await ofManager(await askAs(api, email));
  for (const size of Object.keys(SIZES) as Size[]) {
    const page = await opened(browser, size, "light", email);
    for (const shown of pages) await picture(page, shown, "founder", "empty", size, "light");
    await page.context().close();
  }
});

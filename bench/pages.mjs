// The app's pages by Lighthouse: a phone with a quarter of this machine's speed, on a slow 4G line. `cargo xtask bench pages` runs it.
//
// The local runtime sends files as they are; Cloudflare compresses them. A server in front does that here (brotli, as the edge
// compresses text and wasm), or the sizes would be none that anybody downloads. Lines are HTTP/1.1, deployed ones are HTTP/2 or 3.
import { createServer, request } from "node:http";
import { brotliCompressSync, constants } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const worker = new URL(process.env.BASE_URL);
const PASSWORD = "Practise-10-days!";
/** One name alone measures that page. */
const only = process.argv[2];
const PAGES = [
  ["Log-in", null, "/login"],
  ["Today", "rep@salescaptain.test", "/"],
  ["Progress", "rep@salescaptain.test", "/progress"],
  ["Library", "rep@salescaptain.test", "/library"],
  ["Board", "manager@salescaptain.test", "/"],
  ["People", "manager@salescaptain.test", "/people"],
  ["Analytics", "manager@salescaptain.test", "/analytics"],
  ["Companies", "admin@salescaptain.test", "/companies"],
].filter(([name]) => !only || name === only);

/** What is compressed already gains nothing. */
const COMPRESSED = /^(image\/(?!svg)|font\/|audio\/|text\/event-stream)/;
const squeezed = new Map();

function squeeze(bytes, key) {
  const known = squeezed.get(key);
  if (known) return known;
  const smaller = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  squeezed.set(key, smaller);
  return smaller;
}

const front = createServer((asked, answer) => {
  const headers = { ...asked.headers, host: worker.host, "accept-encoding": "identity" };
  const onward = request({ host: worker.hostname, port: worker.port, path: asked.url, method: asked.method, headers }, (given) => {
    const { "content-length": _, "transfer-encoding": __, ...rest } = given.headers;
    if (COMPRESSED.test(given.headers["content-type"] ?? "") || given.statusCode === 304) {
      answer.writeHead(given.statusCode, rest);
      return void given.pipe(answer);
    }
    const parts = [];
    given.on("data", (part) => parts.push(part));
    given.on("end", () => {
      const body = Buffer.concat(parts);
      const small = body.length ? squeeze(body, body.toString("base64url", 0, 64) + body.length + asked.url) : body;
      answer.writeHead(given.statusCode, { ...rest, ...(body.length && { "content-encoding": "br" }), "content-length": small.length });
      answer.end(small);
    });
  });
  onward.on("error", () => answer.destroy());
  asked.pipe(onward);
});
await new Promise((ready) => front.listen(0, "127.0.0.1", ready));
const base = `http://localhost:${front.address().port}`;

const asRoot = process.getuid?.() === 0;
const flags = ["--headless=new", "--disable-background-networking", ...(asRoot ? ["--no-sandbox"] : [])];

async function measure([name, email, path]) {
  // A browser of its own for each page: nothing is in its cache, and the service worker has not been there.
  const chrome = await launch({ chromePath: process.env.CHROME_BIN, chromeFlags: flags });
  try {
    const browser = await puppeteer.connect({ browserURL: `http://localhost:${chrome.port}` });
    if (email) {
      // The log-in leaves a cookie and nothing of the app in the cache.
      const door = await browser.newPage();
      await door.setBypassCSP(true);
      await door.goto(`${base}/api/health`);
      await door.evaluate(async (body) => {
        await fetch("/api/auth/login", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      }, { email, password: PASSWORD });
      await door.close();
    }
    const page = await browser.newPage();
    const { lhr } = await lighthouse(base + path, { port: chrome.port, logLevel: "error", disableStorageReset: true, throttlingMethod: "devtools" }, undefined, page);
    await browser.disconnect();
    if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
    const score = (category) => Math.round((lhr.categories[category]?.score ?? 0) * 100);
    const ms = (audit) => Math.round(lhr.audits[audit]?.numericValue ?? Number.NaN);
    if (process.env.WHY) {
      for (const audit of Object.values(lhr.audits))
        if (audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== "informative") console.log(`  ${name}: ${audit.id} ${audit.displayValue ?? ""}`);
    }
    return [
      name, score("performance"), score("accessibility"), score("best-practices"),
      ms("first-contentful-paint"), ms("largest-contentful-paint"), ms("interactive"), ms("total-blocking-time"),
      Number((lhr.audits["cumulative-layout-shift"]?.numericValue ?? Number.NaN).toFixed(3)), Math.round((lhr.audits["total-byte-weight"]?.numericValue ?? 0) / 1000),
    ];
  } finally {
    await chrome.kill();
  }
}

const HEADINGS = ["page", "speed", "for all", "practice", "first paint ms", "largest ms", "interactive ms", "blocked ms", "shift", "kB"];
console.log(`| ${HEADINGS.join(" | ")} |\n|${HEADINGS.map(() => "---").join("|")}|`);
for (const page of PAGES) console.log(`| ${(await measure(page)).join(" | ")} |`);
front.close();

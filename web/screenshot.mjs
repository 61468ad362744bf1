// Pictures of the gallery, and what a strict policy or axe has to say about each page.
//   cargo run -p server --features samples --example gallery -- OUT
//   node web/screenshot.mjs OUT [--only inbox.todo,me] [--views desktop,phone,dark] [--locales zh-CN,en] [--axe] [--full]
import { createServer } from "node:http";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const VIEWS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  dark: { viewport: { width: 1440, height: 900 }, colorScheme: "dark" },
  "phone-dark": { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, colorScheme: "dark" },
};
const TYPES = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    views: { type: "string", default: "desktop,phone,dark" },
    locales: { type: "string", default: "zh-CN,en" },
    axe: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
  },
});
const [gallery] = positionals;
if (!gallery) throw new Error("usage: screenshot.mjs GALLERY [--only …] [--views …] [--locales …] [--axe] [--full]");

const dist = new URL("./dist/", import.meta.url);
// The pages may be older than the last build: an asset is found by its plain name.
function asset(path) {
  const plain = path.replace(/-[\w-]{8}(?=\.\w+$)/, "").replace(/^style\.css$/, "app.css");
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", dist), "utf8"));
  return readFileSync(new URL(manifest[plain], dist));
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  try {
    const file = path.startsWith("/assets/") ? asset(path.slice("/assets/".length)) : readFileSync(`${gallery}${path}`);
    response.writeHead(200, { "content-type": TYPES[path.split(".").pop()] ?? "text/plain", "content-security-policy": POLICY });
    response.end(file);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const axe = values.axe ? readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8") : "";
const wanted = values.only?.split(",");
let complaints = 0;

for (const view of values.views.split(",")) {
  const context = await browser.newContext({ ...VIEWS[view], bypassCSP: false, reducedMotion: "reduce" });
  for (const locale of values.locales.split(",")) {
    const pages = readdirSync(`${gallery}/${locale}`).filter((file) => file.endsWith(".html")).map((file) => file.slice(0, -".html".length));
    mkdirSync(`${gallery}/${locale}/${view}`, { recursive: true });
    for (const name of pages.filter((page) => !wanted || wanted.some((start) => page === start || page.startsWith(`${start}.`)))) {
      const page = await context.newPage();
      const say = (text) => { complaints += 1; console.log(`${locale} ${view} ${name}: ${text}`); };
      page.on("console", (message) => { if (message.type() === "error") say(message.text()); });
      page.on("pageerror", (error) => say(error.message));
      await page.goto(`${origin}/${locale}/${name}.html`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) say(`wider than the screen by ${wide} px`);
      await page.screenshot({ path: `${gallery}/${locale}/${view}/${name}.png`, fullPage: values.full });
      if (values.axe) {
        await page.evaluate(axe);
        const result = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
        for (const violation of result.violations) say(`axe ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | ")}`);
      }
      await page.close();
    }
  }
  await context.close();
}
await browser.close();
server.close();
console.log(`${complaints} complaints`);
process.exitCode = complaints > 0 ? 1 : 0;

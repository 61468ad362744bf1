// One Chromium for a test file, and people who sit before it. What a page complains of in its console is kept.
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--lang=zh-CN",
];
const PATIENCE_MS = 15_000;
export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
// A page may answer with 4xx on purpose; the browser notes each in its console.
const ANSWERED = /Failed to load resource: the server responded with a status of 4\d\d/;

export async function openBrowser(company) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return new Browser(browser, company);
}

class Browser {
  #browser;
  #company;
  #complaints = [];

  constructor(browser, company) {
    this.#browser = browser;
    this.#company = company;
  }

  /** An empty browser of somebody who is not signed in. */
  async stranger({ viewport = DESKTOP, dark = false, ...more } = {}) {
    const context = await this.#browser.newContext({
      baseURL: this.#company.url,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      viewport,
      colorScheme: dark ? "dark" : "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...more,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    context.on("console", (message) => {
      if (message.type() === "error" && !ANSWERED.test(message.text())) this.#complaints.push(`${message.page()?.url()}: ${message.text()}`);
    });
    context.on("weberror", (error) => this.#complaints.push(String(error.error())));
    return context.newPage();
  }

  /** Somebody who signed in with one click. */
  async person(login, options) {
    const page = await this.stranger(options);
    await signIn(page, login);
    return page;
  }

  /** What pages complained of since the last time this was asked. */
  complaints() {
    return this.#complaints.splice(0);
  }

  async close() {
    await this.#browser.close();
  }
}

/** One click on somebody offered by the demo; anybody else types a password. */
export async function signIn(page, login) {
  await page.goto("/sign-in");
  const offered = page.locator(`button[name=demo_login][value="${login}"]`);
  if ((await offered.count()) > 0) {
    await offered.click();
  } else {
    await page.locator("details.own-login summary").click();
    await page.locator("#login").fill(login);
    await page.locator("#password").fill("chancery-demo");
    await page.locator(".sign-form button").click();
  }
  await page.waitForURL(/\/inbox/);
}

/** The text of an element, its white space made single. */
export async function textOf(locator) {
  return (await locator.innerText()).replace(/\s+/g, " ").trim();
}

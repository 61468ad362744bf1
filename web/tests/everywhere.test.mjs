// Every page in both languages, light and dark: no complaint in the console, nothing axe finds grave, no message missing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const GRAVE = new Set(["serious", "critical"]);
// A name, a purpose, a label that the workspace gives in one language only may stand on an English page.
const CHINESE_SENTENCE = /[。，；：？]/;

const here = setting({
  prepare: async ({ browser }) => {
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const page = await browser.person("li.na");
    await writeRequest(page, { purpose: "Calls to customers of the third quarter", fields: { name: "clear", mobile: "masked", id_number: "clear" } });
    address = await sendRequest(page);
    await page.context().close();
  },
});
let axe;
let address;

async function speak(page, locale) {
  await page.goto("/me");
  await page.locator(`#language button[name=locale][value="${locale}"]`).click();
  await page.locator(`html[lang="${locale}"]`).waitFor();
}

async function examine(page, name, locale) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  const grave = violations.filter(({ impact }) => GRAVE.has(impact));
  const said = grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary})`).join(" | ")}`);
  assert.deepEqual(said, [], `${name}, ${locale}`);
  assert.equal(await page.getAttribute("html", "lang"), locale, name);
  const text = await page.locator("body").innerText();
  assert.doesNotMatch(text, /\{\s*\$|[a-z]+-[a-z]+-[a-z]+\b(?= ?$)/m, `${name} shows a message that is missing`);
  if (locale === "en") assert.doesNotMatch(text.replace(/凡出必经其人|凡行必有其印/g, ""), CHINESE_SENTENCE, `${name} in English`);
  assert.deepEqual(here.browser.complaints(), [], name);
}

/** Who looks at which pages. */
const PAGES = [
  ["li.na", ["/inbox?box=started", "/start", "/start/export-approval", "/registers/customer", "/registers/customer/new", "/notifications", "/me", "case", "record"]],
  ["zhang.wei", ["/inbox?box=todo", "case", "reveal"]],
  ["he.jing", ["/inbox?box=todo", "/audit", "/nowhere"]],
];

for (const locale of ["zh-CN", "en"]) {
  for (const dark of [false, true]) {
    const look = `${locale === "en" ? "English" : "Chinese"}, ${dark ? "dark" : "light"}`;
    test(`the sign-in page is sound in ${look}`, async () => {
      const page = await here.browser.stranger({ dark });
      await page.goto(`/sign-in?locale=${locale}`);
      await examine(page, "sign-in", locale);
      await page.context().close();
    });
    for (const [login, paths] of PAGES) {
      test(`the pages of ${login} are sound in ${look}`, async () => {
        const page = await here.browser.person(login, { dark });
        await speak(page, locale);
        for (const path of paths) {
          await open(page, path);
          await examine(page, `${login} ${path}`, locale);
        }
        await page.context().close();
      });
    }
  }
}

async function open(page, path) {
  if (path === "case") {
    await page.goto(address);
  } else if (path === "record") {
    await page.goto("/registers/customer");
    await page.locator("table.ledger tbody th a").first().click();
    await page.locator("dl.values").waitFor();
  } else if (path === "reveal") {
    await page.goto("/registers/customer");
    await page.locator("a.mask").first().click();
    await page.locator("dialog[open]").waitFor();
  } else {
    await page.goto(path);
  }
}

test("a value that is looked at shows for a minute and is masked again", async () => {
  const page = await here.browser.stranger();
  await page.clock.install();
  await page.goto("/sign-in");
  await page.locator('button[name=demo_login][value="zhang.wei"]').click();
  await page.waitForURL(/\/inbox/);
  await page.goto("/registers/customer");
  const mask = page.locator("a.mask").first();
  const hidden = await textOf(mask);
  assert.match(hidden, /\*{4}/);
  await mask.click();
  const sheet = page.locator("dialog[open]");
  await sheet.locator('label[for="reason-contract"]').click();
  await sheet.locator("button.btn-primary").click();
  const shown = page.locator(".shown b");
  await shown.waitFor();
  assert.doesNotMatch(await textOf(shown), /\*/);
  await page.clock.runFor(61_000);
  await shown.waitFor({ state: "detached" });
  await page.context().close();
});

// A phone of 390 pixels, in the dark: the manager decides with a thumb.
import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, textOf } from "./support/browser.mjs";
import { sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const THUMB_PX = 44;
const ON_A_PHONE = { viewport: PHONE, dark: true, hasTouch: true, isMobile: true };

const here = setting();
let address;

/** Nothing is wider than the screen. */
async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(over, 0, `${page.url()} is ${over} px wider than the screen`);
}

/** A target big enough for a thumb. */
async function thumbFits(locator) {
  const box = await locator.boundingBox();
  assert.ok(box && box.width >= THUMB_PX && box.height >= THUMB_PX, `${locator} is ${box?.width} by ${box?.height}`);
}

test("a clerk writes and sends a request on a phone", async () => {
  const page = await here.browser.person("li.na", ON_A_PHONE);
  await writeRequest(page, { purpose: "手机上提出的申请，客服三组", fields: { name: "masked", mobile: "masked" } });
  await fits(page);
  await thumbFits(page.locator('.submit button[value="submit"]'));
  address = await sendRequest(page);
  await fits(page);
  await page.context().close();
});

test("the manager opens it from the inbox and approves it, every target as large as a thumb", async () => {
  const page = await here.browser.person("zhang.wei", ON_A_PHONE);
  await fits(page);
  for (const tab of await page.locator(".tabbar a").all()) await thumbFits(tab);
  await page.locator(`a[href^="${address}"]`).first().tap();
  await page.waitForURL(/\/cases\//);
  await fits(page);
  const approve = page.locator("button.approve");
  await thumbFits(approve);
  await thumbFits(page.locator("button.btn-reject"));
  const { y, height } = await approve.boundingBox();
  assert.ok(y >= 0 && y + height <= PHONE.height, "the decision stands on the screen without scrolling");
  await approve.tap();
  await approve.waitFor({ state: "detached" });
  await page.goto(address);
  assert.match(await textOf(page.locator(".timeline")), /张伟 批准了/);
  await page.context().close();
});

test("no page is wider than the phone", async () => {
  const page = await here.browser.person("he.jing", ON_A_PHONE);
  for (const path of ["/inbox?box=done", "/notifications", "/me", "/audit", "/start"]) {
    await page.goto(path);
    await fits(page);
  }
  await page.context().close();
  const clerk = await here.browser.person("li.na", ON_A_PHONE);
  for (const path of ["/inbox?box=started", "/registers/customer", "/registers/customer/new", address]) {
    await clerk.goto(path);
    await fits(clerk);
  }
  await clerk.context().close();
});

// Without a mouse: sign in, ask, approve, reject. No step clicks.
import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { setting } from "./support/setting.mjs";

const TABS_MAX = 120;

const here = setting();

/** Presses Tab until a control has the focus; it must be seen to have it. */
async function tabTo(page, selector) {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    if (!reached) continue;
    const seen = await page.evaluate(() => {
      const marked = [document.activeElement, ...(document.activeElement.labels ?? [])];
      return marked.some((element) => getComputedStyle(element).outlineStyle !== "none" || getComputedStyle(element).boxShadow !== "none");
    });
    assert.ok(seen, `${selector} shows that it has the focus`);
    return;
  }
  throw new Error(`${TABS_MAX} times Tab did not reach ${selector}`);
}

async function signInByKeys(login) {
  const page = await here.browser.stranger();
  await page.goto("/sign-in");
  await tabTo(page, `button[name=demo_login][value="${login}"]`);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/inbox/);
  return page;
}

async function askByKeys(purpose) {
  const page = await signInByKeys("li.na");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
  await tabTo(page, '.bar-nav a[href="/start"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/start$/);
  await tabTo(page, '.catalogue a[href="/start/export-approval"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/start\/export-approval$/);
  await tabTo(page, "#field-purpose");
  await page.keyboard.type(purpose);
  await tabTo(page, '[name="fields.name"]');
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.locator("#fields-name-masked").isChecked());
  await tabTo(page, '.submit button[value="submit"]');
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cases\//);
  await page.context().close();
}

test("a clerk signs in, finds the process and sends a request with keys alone", async () => {
  await askByKeys("只用键盘提出的申请，客服三组");
});

test("a manager moves to a task, opens it and approves it with j, Enter and a", async () => {
  const page = await signInByKeys("zhang.wei");
  await page.keyboard.press("j");
  assert.equal(await page.locator("tr.is-focus").count(), 1);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cases\//);
  const address = page.url();
  await page.keyboard.press("a");
  await page.locator("button.approve").waitFor({ state: "detached" });
  await page.goto(address);
  assert.match(await textOf(page.locator(".timeline")), /张伟 批准了/);
  await page.context().close();
});

test("r leads to the reason first; written, it is read by the clerk who was refused", async () => {
  await askByKeys("再用键盘提一次申请，客服四组");
  const page = await signInByKeys("zhang.wei");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/cases\//);
  const address = new URL(page.url()).pathname;
  await page.keyboard.press("r");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "comment");
  await page.keyboard.type("看不出回访需要这些客户");
  await tabTo(page, "button.btn-reject");
  await page.keyboard.press("Enter");
  await page.locator("button.approve").waitFor({ state: "detached" });
  const clerk = await here.browser.person("li.na");
  await clerk.goto(address);
  assert.match(await textOf(clerk.locator(".timeline")), /张伟 驳回了.*看不出回访需要这些客户/);
  assert.match(await textOf(clerk.locator(".head .due")), /已驳回/);
  await page.context().close();
  await clerk.context().close();
});

test("several harmless tasks are selected with x and approved together", async () => {
  for (const batch of ["甲", "乙"]) await askByKeys(`批量处理的申请${batch}，客服三组`);
  const page = await signInByKeys("zhang.wei");
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key);
  assert.match(await textOf(page.locator("[data-bulk]")), /已选 2 件/);
  await page.keyboard.press("a");
  await page.locator(".empty").first().waitFor();
  assert.equal(await page.locator("tr[data-row]").count(), 0);
  await page.context().close();
});

test("? lists the keys and Escape closes the list; / goes to the search", async () => {
  const page = await signInByKeys("zhang.wei");
  await page.keyboard.press("?");
  await page.locator("#keys-dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("#keys-dialog[open]").waitFor({ state: "detached" });
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "search");
  await page.context().close();
});

// What people do with a task beside deciding it: return it, add somebody, ask, take back, hand over.
import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const FIELDS = { name: "clear", mobile: "masked" };

const here = setting();

/** One person at one page, and away again. */
async function as(login, address, act, options) {
  const page = await here.browser.person(login, options);
  if (address) await page.goto(address);
  const result = await act(page);
  await page.context().close();
  return result;
}

function ask(purpose) {
  return as("li.na", null, async (page) => {
    await writeRequest(page, { purpose, contact: ["2026-01-01", "2026-10-31"], fields: FIELDS });
    return sendRequest(page);
  });
}

/** Sends a small form of the panel that is open, and waits for the page that follows. */
async function send(page, form) {
  await Promise.all([page.waitForResponse((answer) => answer.request().method() === "POST"), page.locator(`${form} form > .btn`).click()]);
  await page.waitForLoadState();
}

test("a manager returns a request with b and a reason; the clerk changes it; the manager approves what is new", async () => {
  const address = await ask("三季度回访，李娜");
  await as("zhang.wei", address, async (page) => {
    assert.match(await textOf(page.locator(".impact .chosen")), /最近联系 在 2026-01-01 至 2026-10-31 之间/);
    await page.keyboard.press("b");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "more-return-comment");
    assert.match(await textOf(page.locator("#more-return fieldset")), /退回到 申请人（李娜）/);
    await page.keyboard.type("请写清由谁回访、何时完成");
    await send(page, "#more-return");
    assert.match(await textOf(page.locator(".timeline")), /张伟 .*退回.*请写清由谁回访、何时完成/);
    assert.equal(await page.locator("button.approve").count(), 0);
  });
  await as("li.na", address, async (page) => {
    assert.match(await textOf(page.locator(".fill")), /请改好后重新提交 张伟 退回给你： ?请写清由谁回访、何时完成/);
    assert.match(await textOf(page.locator(".trail [aria-current]")), /提交/);
    await page.locator("#field-purpose").fill("三季度成交客户电话回访，客服三组十二月五日前完成");
    await page.locator(".fill .actions button").click();
    await page.locator(".fill").waitFor({ state: "detached" });
  });
  await as("zhang.wei", address, async (page) => {
    assert.match(await textOf(page.locator(".head")), /第 2 次提交/);
    assert.match(await textOf(page.locator("dl.kv").first()), /客服三组十二月五日前完成/);
    await page.locator("button.approve").click();
    await page.locator("button.approve").waitFor({ state: "detached" });
  });
});

test("the manager adds somebody found by typing a name and asks the clerk, who answers; the one who was added approves", async () => {
  const address = await ask("老客户生日问候，客服二组");
  await as("zhang.wei", address, async (page) => {
    await page.locator("#more-add > summary").click();
    await page.locator('#more-add input[value="alongside"]').check();
    await page.locator("#more-add-to").pressSequentially("王芳");
    await page.locator('#more-add-people option[value="王芳 wang.fang"]').waitFor({ state: "attached" });
    await page.locator("#more-add-to").fill("王芳 wang.fang");
    await page.locator("#more-add-comment").fill("人数较多，请一起看看");
    await send(page, "#more-add");
    assert.match(await textOf(page.locator(".timeline")), /王芳/);

    await page.locator("#more-ask > summary").click();
    await page.locator("#more-ask-to").fill("李娜");
    await page.locator("#more-ask-comment").fill("生日都核对过吗？");
    await send(page, "#more-ask");
    assert.match(await textOf(page.locator(".timeline")), /生日都核对过吗？/);
    await page.locator("#more-remove > summary").waitFor();
  });
  await as("li.na", address, async (page) => {
    assert.match(await textOf(page.locator(".say")), /请你回答.*张伟.*生日都核对过吗？/);
    await page.locator("#say-comment").fill("上周逐个核对过。");
    await page.locator(".say .btn-primary").click();
    await page.locator(".say").waitFor({ state: "detached" });
  });
  await as("wang.fang", address, async (page) => {
    assert.match(await textOf(page.locator(".timeline")), /上周逐个核对过。/);
    await page.locator("button.approve").click();
    await page.locator("button.approve").waitFor({ state: "detached" });
    assert.match(await textOf(page.locator(".timeline")), /王芳 批准了/);
  });
});

test("somebody who cannot be asked is refused in words, and what was typed stays, with and without script", async () => {
  const address = await ask("合同续签提醒，客服一组");
  for (const javaScriptEnabled of [true, false]) {
    const see = async (page) => {
      await page.locator("#more-transfer > summary").click();
      await page.locator("#more-transfer-to").fill("李娜 li.na");
      await page.locator("#more-transfer-comment").fill("我下午不在");
      await page.locator("#more-transfer form > .btn").click();
      await page.locator("#more-transfer[open]").waitFor();
      assert.equal(await page.locator("#more-transfer-to").inputValue(), "李娜 li.na");
      assert.equal(await page.locator("#more-transfer-comment").inputValue(), "我下午不在");
      assert.equal(await page.locator("#comment").inputValue(), "");
      assert.match(await textOf(page.locator(".banner-refused")), /不能交给 李娜：这是对方自己提出的申请/);
    };
    await as("zhang.wei", address, see, { javaScriptEnabled });
  }
  await as("zhang.wei", address, async (page) => {
    await page.locator("#more-transfer > summary").click();
    await page.locator("#more-transfer-to").fill("wang.fang");
    await send(page, "#more-transfer");
    assert.equal(await page.locator("button.approve").count(), 0);
  });
});

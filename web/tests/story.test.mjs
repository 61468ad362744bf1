// The main job from the request to the opened file, in a real browser, as six people see it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { openArchive, readWorkbook, serial } from "./support/archive.mjs";
import { signIn, textOf } from "./support/browser.mjs";
import { bankCard, residentId } from "./support/numbers.mjs";
import { enterCustomer, sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const PURPOSE = "三季度成交客户电话回访，客服三组";
// Names that a spreadsheet would take for a formula; the days of contact are nobody else's.
const CUSTOMERS = [
  { name: "=1+1", mobile: "13911110001", id_number: residentId("31010119900101123"), bank_card: bankCard("622200000000001"), last_contact: "2001-01-01" },
  { name: "+86", mobile: "13911110002", id_number: residentId("31010119900101124"), bank_card: bankCard("622200000000002"), last_contact: "2001-01-02" },
  { name: "-2", mobile: "13911110003", id_number: residentId("31010119900101125"), bank_card: bankCard("622200000000003"), last_contact: "2001-01-03" },
  { name: "@x", mobile: "13911110004", id_number: residentId("31010119900101126"), bank_card: bankCard("622200000000004"), last_contact: "2001-01-04" },
];
const FIELDS = { name: "clear", mobile: "masked", id_number: "clear", bank_card: "masked", owner: "clear", last_contact: "clear" };

const here = setting();
// What one chapter leaves to the next.
const story = {};

test("a clerk enters customers, one of whom is called =1+1", async () => {
  const page = await here.browser.person("li.na");
  for (const customer of CUSTOMERS) await enterCustomer(page, customer);
  await page.goto("/registers/customer");
  const names = await page.locator("table.ledger tbody th").allInnerTexts();
  for (const { name } of CUSTOMERS) assert.ok(names.map((text) => text.trim()).includes(name), `${name} among ${names.slice(0, 6)}`);
  await page.context().close();
});

test("the request says beside the form who will have to agree, why, and what would spare that", async () => {
  const page = await here.browser.person("li.na");
  await writeRequest(page, { purpose: PURPOSE, contact: ["2001-01-01", "2001-01-31"], fields: FIELDS });
  await page.locator(".count b", { hasText: /^4$/ }).waitFor();
  const officer = page.locator(".card.path li", { hasText: "个人信息保护负责人" });
  await officer.waitFor();
  assert.match(await textOf(officer), /周岚.*因为： ?L2 身份与账户 身份证号 要明文/);
  assert.match(await textOf(page.locator(".card.path ol")), /张伟 直属主管审批.*最晚/);
  const hint = page.locator(".card.path .hint", { hasText: "把 身份证号 改为遮盖，就不需要" });

  await hint.locator("button").click();
  await officer.waitFor({ state: "detached" });
  assert.ok(await page.locator("#fields-id_number-masked").isChecked());

  await page.locator('label[for="fields-id_number-clear"]').click();
  await officer.waitFor();
  story.case = await sendRequest(page);
  assert.match(await textOf(page.locator(".timeline")), /李娜 提交了申请/);
  await page.context().close();
});

test("the manager who lets it lie is reminded first; then it goes up to his director", async () => {
  assert.ok(story.case, "there is a request");
  const manager = await here.browser.person("zhang.wei");
  const director = await here.browser.person("wang.fang");
  const reminded = async () => (await notificationsOf(manager, "zhang.wei")).some((text) => text.includes("快到期了"));
  await here.company.advanceUntil("a reminder for zhang.wei", reminded);
  const escalated = async () => (await notificationsOf(director, "wang.fang")).some((text) => text.includes("有一件事等你处理：直属主管审批"));
  assert.equal(await escalated(), false);
  await here.company.advanceUntil("the task at wang.fang", escalated);
  for (const page of [manager, director]) await page.context().close();

  const late = await here.browser.person("zhang.wei");
  await late.goto(story.case);
  assert.equal(await late.locator(".approve").count(), 0);
  await late.context().close();
});

test("the director sees what approving would do, and approves", async () => {
  assert.ok(story.case, "there is a request");
  const page = await here.browser.person("wang.fang");
  await page.locator(`a[href^="${story.case}"]`).first().click();
  assert.equal(await textOf(page.locator(".impact .figure b")), "4");
  assert.match(await textOf(page.locator(".timeline")), /系统提醒了 张伟.*逾期无人处理，系统从 张伟 转给 王芳/);
  assert.match(await textOf(page.locator(".impact")), /李娜/);
  assert.match(await textOf(page.locator(".impact")), /不能撤销/);
  await page.locator("button.approve").click();
  await page.locator("button.approve").waitFor({ state: "detached" });
  assert.match(await historyOf(page), /王芳 批准了“直属主管审批”/);
  await page.context().close();
});

test("the protection officer claims it and approves with a code of her second factor, not without", async () => {
  const page = await here.browser.person("zhou.lan");
  await page.goto(story.case);
  await page.locator('button[form="pool-form"]').click();
  assert.match(await textOf(page.locator(".pool")), /你已认领/);

  await page.locator("#code").fill("000000");
  await page.locator("button.approve").click();
  await page.locator("#code-error").waitFor();

  await page.locator("#code").fill(await codeOf(page));
  await page.locator("button.approve").click();
  await page.locator("button.approve").waitFor({ state: "detached" });
  assert.match(await historyOf(page), /周岚 批准了“个人信息保护负责人”/);
  await page.context().close();
});

test("the clerk sees the password once and downloads a file that opens with nothing else", async () => {
  await here.company.advance("PT1S");
  const page = await here.browser.person("li.na");
  assert.ok((await notificationsOf(page, "li.na")).some((text) => text.includes("您申请的导出已就绪（4 条）。")));
  await page.goto(story.case);
  await page.locator("#delivery form.password button").click();
  const password = await textOf(page.locator("#password"));
  assert.match(password, /^\S{12,}$/);

  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#delivery .btn-primary").click()]);
  assert.match(download.suggestedFilename(), /\.zip$/);
  story.bytes = await readFile(await download.path());
  story.password = password;

  await page.goto(story.case);
  assert.equal(await page.locator("#password").count(), 0);
  assert.match(await textOf(page.locator("#delivery")), /显示过.*还可下载 2 次，共 3 次/);
  await page.context().close();

  await assert.rejects(openArchive(story.bytes, "not-the-password"));
  const archive = await openArchive(story.bytes, story.password);
  assert.deepEqual({ encrypted: archive.encrypted, strength: archive.strength }, { encrypted: true, strength: 3 });
  assert.match(archive.name, /\.xlsx$/);
  story.workbook = archive.content;
});

test("every cell of the workbook is what was entered, masked where only a mask was approved, and no formula", async () => {
  const { sheets, rows, formulas } = await readWorkbook(story.workbook);
  assert.deepEqual({ sheets, formulas }, { sheets: 1, formulas: 0 });
  const [[watermark, ...beside], head, ...records] = rows;
  assert.deepEqual(beside, []);
  const number = /EA-\d{4}-\d{4}$/.exec(watermark)?.[0];
  assert.ok(number, `a case number in: ${watermark}`);
  assert.match(watermark, /李娜/);
  assert.deepEqual(head, ["姓名", "手机", "身份证号", "银行卡号", "负责人", "最近联系"]);
  const expected = CUSTOMERS.map(({ name, mobile, id_number, bank_card, last_contact }) => [
    name,
    `${mobile.slice(0, 3)}****${mobile.slice(-4)}`,
    id_number,
    `${bank_card.slice(0, 4)} **** **** ${bank_card.slice(-4)}`,
    "李娜 li.na",
    serial(last_contact),
  ]);
  assert.deepEqual(records.toSorted(byDay), expected);
});

test("the auditor reads who asked, who agreed, who saw the password and who downloaded", async () => {
  const page = await here.browser.person("he.jing");
  await page.goto("/audit");
  const rows = (await page.locator("table.audit tbody tr").allInnerTexts()).map((text) => text.replace(/\s+/g, " "));
  for (const [who, where] of [["李娜", 1], ["王芳", 1], ["周岚", 1]]) assert.ok(rows.filter((text) => text.includes(who)).length >= where, `${who} in ${rows.join("\n")}`);
  for (const what of [/李娜.*下载/, /李娜.*口令/, /王芳.*批准/, /周岚.*批准/]) assert.ok(rows.some((text) => what.test(text)), `${what} in ${rows.join("\n")}`);
  for (const customer of CUSTOMERS) for (const text of rows) assert.ok(!text.includes(customer.id_number) && !text.includes(customer.mobile), text);
  await page.context().close();
});

function byDay(one, other) {
  return one[5] - other[5];
}

/** Sessions end after a working day; whoever was away signs in again. */
async function notificationsOf(page, login) {
  await page.goto("/notifications");
  if (new URL(page.url()).pathname === "/sign-in") {
    await signIn(page, login);
    await page.goto("/notifications");
  }
  const texts = await page.locator(".notes li").allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, " "));
}

async function historyOf(page) {
  await page.goto(story.case);
  return textOf(page.locator(".timeline"));
}

/** The demo shows everybody's code on the page "me". */
async function codeOf(page) {
  const me = await page.context().newPage();
  await me.goto("/me");
  const code = await textOf(me.locator("#demo-code"));
  await me.close();
  return code.replace(/\s/g, "");
}

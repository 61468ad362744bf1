// The README's pictures, of this build: `npm run pictures`. A demo company lives through two working days, then is looked at.
import { fileURLToPath } from "node:url";

import { DESKTOP, PHONE, openBrowser } from "../tests/support/browser.mjs";
import { openCompany } from "../tests/support/company.mjs";
import { sendRequest, writeRequest } from "../tests/support/requests.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const company = await openCompany();
const browser = await openBrowser(company);
const PLAIN = { name: "clear", mobile: "masked" };
const IDENTITY = { name: "clear", mobile: "clear", id_number: "clear", bank_card: "masked" };

async function as(login, act, options) {
  const page = await browser.person(login, options);
  const result = await act(page);
  await page.context().close();
  return result;
}

function ask(login, purpose, fields, contact) {
  return as(login, async (page) => {
    await writeRequest(page, { purpose, fields, contact });
    return sendRequest(page);
  });
}

function decide(login, address, verdict, comment) {
  return as(login, async (page) => {
    await page.goto(address);
    if (comment) await page.locator("#comment").fill(comment);
    await page.locator(verdict === "approve" ? "button.approve" : "button.btn-reject").click();
    await page.locator("button.approve").waitFor({ state: "detached" });
  });
}

function daysAgo(days, now) {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

// Monday: what li.na usually asks for, and what will be late.
const monday = await company.toMondayMorning();
const today = daysAgo(0, monday);
for (const [purpose, days] of [["老客户生日问候，李娜", 30], ["十月新客户回访，李娜", 40], ["合同续签提醒，客服二组", 25]]) {
  const address = await ask("li.na", purpose, PLAIN, [daysAgo(days, monday), today]);
  await decide("zhang.wei", address, "approve");
}
const refused = await ask("ma.chao", "给全部客户寄送年历，马超", { name: "clear", mobile: "clear" });
await decide("zhang.wei", refused, "reject", "寄年历用不到全部客户，请按最近联系缩小范围");
await ask("sun.hao", "三季度满意度电话回访，孙浩", PLAIN, [daysAgo(60, monday), today]);
await company.advance("PT5H30M");
await ask("zhao.min", "展会邀请名单核对，市场活动组", PLAIN, [daysAgo(20, monday), today]);
await ask("wu.tao", "续约提醒短信，吴涛", PLAIN, [daysAgo(15, monday), today]);
await company.advance("PT1H");
const large = await ask("li.na", "三季度成交客户电话回访，由客服三组在月底前完成", IDENTITY);
await as("li.na", async (page) => {
  await page.goto(large);
  await page.locator("#reply").fill("身份证号用于回访时核对本人，银行卡只要遮盖的。");
  await page.locator(".reply button").click();
  await page.locator(".comments li").waitFor();
});

// Tuesday morning.
await company.advance("PT17H50M");
await ask("liu.yang", "年末答谢会座位安排，行政与销售", PLAIN, [daysAgo(10, monday), today]);
await ask("xu.lei", "核实投诉人身份，客服一组", { name: "clear", id_number: "clear" }, [daysAgo(8, monday), today]);

async function picture(name, login, prepare, options) {
  await as(login, async (page) => {
    await prepare(page);
    await page.evaluate(() => document.activeElement?.blur());
    await page.screenshot({ path: `${folder}${name}.png`, animations: "disabled" });
  }, options);
}

await picture("inbox", "zhang.wei", async (page) => {
  for (const title of ["赵敏", "吴涛"]) await page.locator("tr[data-row]", { hasText: title }).locator(".hit").click();
});
await picture("case", "zhang.wei", (page) => page.goto(large), { viewport: { ...DESKTOP, height: 1180 } });
await picture("case.phone", "zhang.wei", (page) => page.goto(large), { viewport: PHONE, dark: true, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
await picture("start", "li.na", async (page) => {
  await writeRequest(page, { purpose: "三季度成交客户电话回访，由客服三组在月底前完成", contact: [daysAgo(90, monday), today], fields: IDENTITY });
  await page.locator(".card.path .hint", { hasText: "身份证号" }).waitFor();
}, { viewport: { ...DESKTOP, height: 1180 } });
await picture("customers", "zhang.wei", async (page) => {
  await page.goto("/registers/customer");
  await page.locator("table.ledger tbody tr").nth(3).locator("a.mask").first().click();
  await page.locator("dialog[open]").waitFor();
});

for (const complaint of browser.complaints()) console.log(complaint);
await browser.close();
await company.close();

// The inbox narrowed, counted and searched; and the file that is made while its requester looks on.
import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const here = setting({
  prepare: async ({ browser }) => {
    for (const [login, fields] of [["li.na", { name: "clear", id_number: "clear" }], ["sun.hao", { name: "clear" }], ["li.na", { name: "masked" }]]) {
      const page = await browser.person(login);
      await writeRequest(page, { purpose: `三季度回访，${login}`, fields });
      asked[`${login} ${Object.values(fields).at(-1)}`] = await sendRequest(page);
      await page.context().close();
    }
  },
});
const asked = {};

const rows = (page) => page.locator("tr[data-row]");

test("a manager narrows the list by who asks, by when it is due and to what may go together, with and without script", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await here.browser.person("zhang.wei", { javaScriptEnabled });
    const apply = async (name, value) => {
      await page.locator(`.filters [name=${name}]`).selectOption(value);
      if (!javaScriptEnabled) await page.locator(".filters button").click();
      await page.waitForURL(new RegExp(`${name}=${value}`));
    };
    assert.equal(await rows(page).count(), 3);
    assert.match(await textOf(page.locator(".filters")), /只看可批量处理 ?2/);
    await apply("from", "li.na");
    assert.equal(await rows(page).count(), 2);
    await page.locator(".filters a.chip", { hasText: "只看可批量处理" }).click();
    await page.waitForURL(/from=li\.na&bulk=1/);
    assert.equal(await rows(page).count(), 1);
    await apply("due", "overdue");
    assert.match(await textOf(page.locator(".empty")), /没有符合条件的事项.*去掉一个筛选条件/);
    await page.locator(".chip-clear").click();
    await page.waitForURL(/\/inbox\?box=todo$/);
    assert.equal(await rows(page).count(), 3);
    await page.context().close();
  }
});

test("what the search finds stands in no address, and nothing is found in words", async () => {
  const page = await here.browser.person("zhang.wei");
  await page.keyboard.press("/");
  await page.keyboard.type("孙浩");
  await page.keyboard.press("Enter");
  await page.locator(".found").waitFor();
  assert.equal(new URL(page.url()).search, "");
  assert.equal(await rows(page).count(), 1);
  await page.locator("#search").fill("没有这个人");
  await page.keyboard.press("Enter");
  await page.locator(".empty").waitFor();
  assert.match(await textOf(page.locator(".empty")), /没有符合条件的事项/);
  await page.context().close();
});

test("the numbers on the tabs are those of their lists", async () => {
  const decide = await here.browser.person("zhang.wei");
  await decide.goto(asked["sun.hao clear"]);
  await decide.locator("button.approve").click();
  await decide.locator("button.approve").waitFor({ state: "detached" });
  for (const login of ["zhang.wei", "li.na"]) {
    const page = login === "zhang.wei" ? decide : await here.browser.person(login);
    for (const box of ["todo", "done", "started", "copied"]) {
      await page.goto(`/inbox?box=${box}`);
      const told = await textOf(page.locator(".tabs a[aria-current]"));
      const listed = await page.locator("table.list tbody tr:not(.g)").count();
      assert.equal(Number(/\d+$/.exec(told)?.[0] ?? 0), listed, `${login} ${box}: ${told}`);
    }
    await page.context().close();
  }
});

test("whoever looks at an open inbox sees a task leave that was done elsewhere, and none of the others", async () => {
  const page = await here.browser.stranger();
  await page.clock.install();
  await page.goto("/sign-in");
  await page.locator('button[name=demo_login][value="zhang.wei"]').click();
  await page.waitForURL(/\/inbox/);
  await page.goto("/inbox?box=todo&from=li.na");
  assert.equal(await rows(page).count(), 2);
  const other = await here.browser.person("zhang.wei");
  await other.goto(asked["li.na masked"]);
  await other.locator("button.approve").click();
  await other.locator("button.approve").waitFor({ state: "detached" });
  await other.context().close();
  const polled = page.waitForResponse(/\/inbox\/live/);
  await page.clock.runFor(16_000);
  await polled;
  await page.clock.runFor(1_000);
  assert.equal(await rows(page).count(), 1);
  await page.context().close();
});

test("the clerk sees how far the file is, and then the file itself, without a reload", async () => {
  for (const login of ["zhang.wei", "zhou.lan"]) {
    const page = await here.browser.person(login);
    await page.goto(asked["li.na clear"]);
    if (login === "zhou.lan") {
      await page.locator('button[form="pool-form"]').click();
      await page.locator("#code").fill((await textOf(page.locator("#code-hint b"))).replace(/\s/g, ""));
    }
    await page.locator("button.approve").click();
    await page.locator("button.approve").waitFor({ state: "detached" });
    await page.context().close();
  }
  await here.company.advance("PT1S");
  // Here a file is made within the blink of an eye: the first look is answered as if it were still being made.
  const page = await here.browser.person("li.na");
  const answers = [0, 1200, 4100].map((written) => ({ state: "making", written, again: false }));
  answers.push({ state: "making", written: 300, again: true }, { state: "over", written: 0, again: false });
  await page.route(`**${asked["li.na clear"]}/progress`, (route) => route.fulfill({ json: answers.length > 1 ? answers.shift() : answers[0] }));
  await page.route(`**${asked["li.na clear"]}`, async (route) => {
    const answer = await route.fetch();
    const making = `<section class="card delivery" id="delivery" data-progress="${asked["li.na clear"]}/progress" data-state="making"><progress max="5000" value="0"></progress><p data-progress-text="{done} / 5,000" data-progress-left="{done} / 5,000, {seconds}"></p><p data-progress-again hidden>again</p></section>`;
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/<section class="card delivery[\s\S]*?<\/section>/, making) });
  }, { times: 1 });
  await page.goto(asked["li.na clear"]);
  await page.evaluate(() => (globalThis.loaded = 1));
  const panel = page.locator("#delivery");
  for (const [written, again] of [["1,200", false], ["4,100", false], ["300", true]]) {
    await panel.filter({ hasText: `${written} / 5,000` }).waitFor();
    assert.equal(await panel.locator("progress").evaluate((bar) => bar.value), Number(written.replace(",", "")));
    assert.equal(await panel.locator("[data-progress-again]").isVisible(), again);
  }
  await panel.locator("form.password").waitFor();
  assert.equal(await page.evaluate(() => globalThis.loaded), 1);
  await page.context().close();
});

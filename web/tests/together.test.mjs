// Several people at once, and people who mean no good.
import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { sendRequest, writeRequest } from "./support/requests.mjs";
import { setting } from "./support/setting.mjs";

const POLL_MS = 15_000;
const MASKED = { name: "masked", mobile: "masked" };

const here = setting();

async function request(purpose) {
  const page = await here.browser.person("li.na");
  await writeRequest(page, { purpose, fields: MASKED });
  const address = await sendRequest(page);
  await page.context().close();
  return address;
}

test("a task that was decided elsewhere leaves the inbox by itself, and the count follows", async () => {
  const address = await request("第一批客户回访，客服一组");
  const watching = await here.browser.stranger();
  await watching.clock.install();
  await watching.goto("/sign-in");
  await watching.locator('button[name=demo_login][value="zhang.wei"]').click();
  await watching.waitForURL(/\/inbox/);
  const row = watching.locator("tr[data-row]", { has: watching.locator(`a[href^="${address}"]`) });
  await row.waitFor();
  assert.equal(await textOf(watching.locator(".tabs [data-todo-count]")), "1");

  const elsewhere = await here.browser.person("zhang.wei");
  await elsewhere.goto(address);
  await elsewhere.locator("button.approve").click();
  await elsewhere.locator("button.approve").waitFor({ state: "detached" });

  await watching.clock.fastForward(POLL_MS);
  await watching.locator(".tabs [data-todo-count]").waitFor({ state: "hidden" });
  await watching.clock.fastForward(1000);
  await row.waitFor({ state: "detached" });
  await elsewhere.context().close();
  await watching.context().close();
});

test("of two tabs that press approve, the second is told that it was decided, and nothing happens twice", async () => {
  const address = await request("第二批客户回访，客服二组");
  const first = await here.browser.person("zhang.wei");
  const second = await first.context().newPage();
  await first.goto(address);
  await second.goto(address);
  await first.locator("button.approve").click();
  await first.locator("button.approve").waitFor({ state: "detached" });
  const [answer] = await Promise.all([
    second.waitForResponse((response) => response.request().method() === "POST" && response.request().isNavigationRequest()),
    second.locator("button.approve").click(),
  ]);
  assert.equal(answer.status(), 409);
  await second.waitForLoadState();
  assert.match(await textOf(second.locator("main")), /别人先了一步|刚刚|已处理|已决定/);

  await first.goto(address);
  const approvals = (await textOf(first.locator(".timeline"))).match(/张伟 批准了/g);
  assert.equal(approvals?.length, 1);
  await first.context().close();
});

test("markup in a purpose is read as the text it is, by everybody who sees it", async () => {
  const purpose = `<script>document.title="taken"</script><img src=x onerror="document.title='taken'"> 回访`;
  const address = await request(purpose);
  const page = await here.browser.person("zhang.wei");
  for (const path of ["/inbox?box=todo", address]) {
    await page.goto(path);
    assert.doesNotMatch(await page.title(), /taken/);
    assert.equal(await page.locator("main script, main img").count(), 0);
  }
  assert.equal(await textOf(page.locator(".kv .words").first()), purpose);
  await page.context().close();
});

test("a page of somebody else's case tells a stranger to it nothing, not even that it exists", async () => {
  const address = await request("第三批客户回访，客服三组");
  const page = await here.browser.person("wu.tao");
  const there = await page.goto(address);
  const nowhere = await page.goto("/cases/018f0000-0000-7000-8000-000000000000");
  assert.deepEqual([there.status(), nowhere.status()], [404, 404]);
  await page.context().close();
});

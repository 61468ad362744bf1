// Work that is not a decision: a lawyer fills a field in, and an administrator names who carries what nobody could be found for.
import assert from "node:assert/strict";
import { test } from "node:test";

import { textOf } from "./support/browser.mjs";
import { setting } from "./support/setting.mjs";

const QUESTION = "客户可以要求我们删除什么";
const MORE = {
  "forms/data-question.yaml": `form: data-question
title: { zh: 数据咨询, en: Question about data }
fields:
  - { name: question, type: multiline, label: { zh: 想问什么, en: Your question }, required: true }
  - { name: answer, type: multiline, label: { zh: 答复, en: Answer } }
`,
  // The manager of nobody's third manager: the step finds nobody for whoever asks.
  "workflows/data-question.yaml": `workflow: data-question
title: { zh: 数据咨询, en: Question about data }
start: { form: data-question, by: role:staff }
steps:
  - fill: reply
    title: { zh: 法务答复, en: Reply }
    help: { zh: 查过规定再答, en: Look the rules up first }
    by: role:legal
    see: [question, answer]
    edit: [answer]
    require: [answer]
    due: 3 working days
    remind: { before: 4 working hours }
  - approve: board
    title: { zh: 高层过目, en: Board }
    by: requester.manager(4)
    if_nobody: escalate
    see: [question, answer]
    due: 1 working day
    remind: { before: 4 working hours }
`,
};

const here = setting({ more: MORE });
let address;

test("a clerk asks; one of the lawyers claims the work, is told what is missing, and fills it in", async () => {
  const clerk = await here.browser.person("li.na");
  await clerk.goto("/start/data-question");
  await clerk.locator("#field-question").fill(QUESTION);
  await clerk.locator('.submit button[value="submit"]').click();
  await clerk.waitForURL(/\/cases\//);
  address = new URL(clerk.url()).pathname;
  await clerk.context().close();

  const lawyer = await here.browser.person("ding.ning");
  await lawyer.goto(address);
  const panel = lawyer.locator(".fill");
  assert.match(await textOf(panel), /查过规定再答/);
  assert.equal(await panel.locator("#field-question").count(), 0);
  await lawyer.locator('button[form="pool-form"]').click();
  assert.match(await textOf(lawyer.locator(".pool")), /你已认领/);
  await lawyer.locator(".fill .actions button").click();
  await lawyer.locator("#field-answer-error").waitFor();
  assert.equal(await lawyer.locator(".fill").count(), 1);

  await lawyer.locator("#field-answer").fill("合同到期后的联系方式和身份信息");
  await lawyer.locator(".fill .actions button").click();
  await lawyer.locator(".fill").waitFor({ state: "detached" });
  assert.match(await textOf(lawyer.locator("dl.kv").first()), /合同到期后的联系方式和身份信息/);
  await lawyer.context().close();
});

test("the step after it finds nobody: an administrator names somebody, not themselves, and decides nothing", async () => {
  const admin = await here.browser.person("zhou.min");
  await admin.goto(address);
  const panel = admin.locator(".decide.name");
  assert.match(await textOf(panel), /高层过目/);
  assert.equal(await admin.locator("button.approve").count(), 0);
  // By duty an administrator sees no value of the request.
  assert.doesNotMatch(await textOf(admin.locator("dl.kv").first()), new RegExp(QUESTION));
  await admin.locator("#name-to").fill("zhou.min");
  await panel.locator(".btn-primary").click();
  await admin.locator(".banner-refused").waitFor();
  assert.equal(await panel.count(), 1);

  await admin.locator("#name-to").fill("王芳");
  await panel.locator(".btn-primary").click();
  await panel.waitFor({ state: "detached" });
  await admin.context().close();

  const named = await here.browser.person("wang.fang");
  await named.goto(address);
  assert.match(await textOf(named.locator(".timeline")), /周敏.*王芳/);
  await named.locator("button.approve").click();
  await named.locator("button.approve").waitFor({ state: "detached" });
  assert.match(await textOf(named.locator(".head .due")), /已批准/);
  await named.context().close();
});

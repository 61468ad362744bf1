// A company and a browser for a file of tests: opened before the first, closed after the last. No page may complain.
import assert from "node:assert/strict";
import { after, afterEach, before } from "node:test";

import { openBrowser } from "./browser.mjs";
import { openCompany } from "./company.mjs";

/** What `company` and `browser` are once the tests run, on a Monday morning; `prepare` sets up the rest. */
export function setting({ prepare, ...options } = {}) {
  const here = {};
  before(async () => {
    here.company = await openCompany(options);
    here.browser = await openBrowser(here.company);
    await here.company.toMondayMorning();
    await prepare?.(here);
  });
  after(async () => {
    await here.browser?.close();
    await here.company?.close();
  });
  afterEach(() => assert.deepEqual(here.browser.complaints(), []));
  return here;
}

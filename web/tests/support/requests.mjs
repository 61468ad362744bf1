// What people do on pages, as the story tells it: enter a customer, ask for an export.

/** Fills in the page of a new customer and stays on the page that follows. */
export async function enterCustomer(page, customer) {
  await page.goto("/registers/customer/new");
  for (const name of ["name", "mobile", "id_number", "bank_card", "last_contact"]) await page.locator(`#field-${name}`).fill(customer[name]);
  await page.locator('.form-end button[value="save"]').click();
  await page.waitForURL((url) => !url.pathname.endsWith("/new"));
}

/** Opens the export request; `fields` says what each field is to be: `none`, `masked` or `clear`. */
export async function writeRequest(page, { purpose, contact, fields }) {
  await page.goto("/start/export-approval");
  await page.locator("#field-purpose").fill(purpose);
  if (contact) await choose(page, contact);
  for (const [name, choice] of Object.entries(fields)) await page.locator(`label[for="fields-${name}-${choice}"]`).click();
}

/** Sends it; the address of the case. */
export async function sendRequest(page) {
  await page.locator('.submit button[value="submit"]').click();
  await page.waitForURL(/\/cases\//);
  return new URL(page.url()).pathname;
}

/** Customers whose last contact was between two days. */
async function choose(page, [from, until]) {
  if ((await page.locator(".cond").count()) === 0) await page.locator('button[value="add:records.where"]').click();
  const field = page.locator('[name="records.where.0.field"]');
  await field.selectOption("last_contact");
  await page.locator('[name="records.where.0.op"] option[value="between"]').waitFor({ state: "attached" });
  await page.locator('[name="records.where.0.op"]').selectOption("between");
  await page.locator('[name="records.where.0.value2"]').waitFor();
  await page.locator('[name="records.where.0.value"]').fill(from);
  await page.locator('[name="records.where.0.value2"]').fill(until);
}

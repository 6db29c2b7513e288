// Two tables are compared, field by field and key by key: from the page of the first, with the second typed. With scripts and without.
import type { Locator, Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { tablePath } from '../support/place.ts';

type Look = (page: Page) => Promise<void>;
const none: Look = async () => undefined;
const sales = { namespace: ['sales'] };

const table = (page: Page, label: string) => main(page).getByRole('table', { name: label, exact: true });

/** From a table to another one on another connection, and the other way round. */
async function tables(page: Page, look: Look) {
  await page.goto(tablePath('sample-generic', sales, 'customers'));
  await follow(page, 'Compare…');
  await expect(heading(page)).toHaveText('Compare sales.customers');
  const [connection, name] = [/^Connection/, /^Table/].map((label) => main(page).getByLabel(label)) as [Locator, Locator];
  await expect(name).toHaveValue('sales.customers');
  await look(page);
  await connection.selectOption('sample-nessie');
  await name.fill('sales.nothing');
  await press(page, 'Compare');
  await expect(main(page)).toContainText('The connection sample-nessie shows no table “sales.nothing”');
  await expect(name).toHaveValue('sales.nothing');
  await expect(connection).toHaveValue('sample-nessie');
  // The first is there all the same.
  await expect(page.getByRole('region', { name: 'First', exact: true })).toContainText('Partitioned by address.country');
  await look(page);

  await name.fill('sales.customer_addresses');
  await press(page, 'Compare');
  await expect(heading(page)).toHaveText('sales.customers and sales.customer_addresses on sample-nessie');
  await expect(page).toHaveTitle(/^sales\.customers and sales\.customer_addresses on sample-nessie/);
  await expect(table(page, 'Columns that differ').getByRole('row', { name: /^removed loyalty/ })).toBeVisible();
  await expect(table(page, 'Columns that differ')).toContainText('renamed from name');
  await expect(table(page, 'Properties that differ').getByRole('row', { name: /^owner crm —/ })).toBeVisible();
  await look(page);

  await follow(page, 'Swap the sides');
  await expect(heading(page)).toHaveText('sales.customer_addresses and sales.customers on sample-generic');
  await expect(table(page, 'Columns that differ').getByRole('row', { name: /^added loyalty/ })).toBeVisible();
  await page.getByText('Compare with another one').click();
  await expect(name).toHaveValue('sales.customers');
  await page.getByRole('region', { name: 'Second', exact: true }).getByRole('link').first().click();
  await expect(heading(page)).toHaveText('customers');
}

/** Two sort orders of a table, and back to all of them. */
async function orders(page: Page, look: Look) {
  await page.goto(tablePath('sample-generic', sales, 'orders', 'partitions'));
  await main(page).getByRole('heading', { name: /^Order 1/ }).getByRole('link', { name: 'Compare with the current one' }).click();
  await expect(main(page)).toContainText('From order 1 to order 2');
  await expect(table(page, 'Changes of the sort order')).toContainText('direction from asc to desc');
  await look(page);
  await follow(page, 'All partition specs and sort orders');
  await expect(main(page).getByRole('heading', { name: 'Sort orders' })).toBeVisible();
}

/** What a change of the schema makes of its lines, before it is sent. */
async function before(page: Page, look: Look) {
  await page.goto(tablePath('sample-generic', sales, 'order_lines', 'schema'));
  await follow(page, 'Edit the schema');
  const lines = page.getByLabel(/^Columns, one a line/);
  await expect(lines).toHaveValue(/^1: /);
  await lines.fill(`${await lines.inputValue()}gift boolean\n`);
  await press(page, 'Preview');
  await page.getByText('Before and after', { exact: true }).click();
  const columns = table(page, 'Columns');
  await expect(columns.getByRole('row', { name: /\+ \d+: gift boolean/ })).toBeVisible();
  await expect(columns.getByRole('row', { name: /1: order_id long not null/ })).toBeVisible();
  await look(page);
}

test('two tables are compared', async ({ page }) => {
  await tables(page, accessible);
});
test('two sort orders are compared', async ({ page }) => {
  await orders(page, accessible);
});
test('a schema is shown before and after', async ({ page }) => {
  await before(page, accessible);
});

test('a side that cannot be read does not hide the other', async ({ page, problems }) => {
  problems.expect(/status of 403/);
  await page.goto('/c/sample-generic/compare?ns=sales&t=customers&to-c=sample-generic&to-w=lab&to-ns=faults&to-t=err-403');
  await expect(page.getByRole('region', { name: 'First', exact: true })).toContainText('Partitioned by address.country');
  await expect(page.getByRole('region', { name: 'Second', exact: true }).getByRole('alert')).toBeVisible();
  await accessible(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('both sides and what differs fit', async ({ page }) => {
    await page.goto('/c/sample-generic/compare?ns=sales&t=customers&to-c=sample-nessie&to-ns=sales&to-t=customer_addresses');
    await expect(table(page, 'Columns that differ')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('two tables are compared', async ({ page }) => {
    await tables(page, none);
  });
  test('two sort orders are compared', async ({ page }) => {
    await orders(page, none);
  });
  test('a schema is shown before and after', async ({ page }) => {
    await before(page, none);
  });
});

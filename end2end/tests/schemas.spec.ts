// The schema of a table, its partitions and its sort order are edited as lines: shown first, and made once that is confirmed. With scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { tablePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

type Look = (page: Page) => Promise<void>;
const none: Look = async () => undefined;

/** Adds a column to a table, and drops it. */
async function column(page: Page, namespace: string[], table: string, look: Look) {
  const name = fresh('column');
  await page.goto(tablePath('sample-generic', { namespace }, table, 'schema'));
  await follow(page, 'Edit the schema');
  await expect(heading(page)).toHaveText(`Edit the schema of ${table}`);
  await look(page);
  const lines = page.getByLabel(/^Columns, one a line/);
  await expect(lines).toHaveValue(/^1: /);
  const before = await lines.inputValue();
  await lines.fill(`${before}${name} strin\n`);
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('“strin” is no type');
  await expect(lines).toHaveValue(`${before}${name} strin\n`);
  await lines.fill(`${before}${name} string comment 'of a test'\n`);
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`There will be a column “${name}”: string.`);
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('assert-current-schema-id');
  await look(page);
  await press(page, 'Save the schema');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  const row = page.getByRole('row', { name: new RegExp(name) });
  await expect(row).toContainText('of a test');

  await follow(page, 'Edit the schema');
  await expect(lines).toHaveValue(new RegExp(`\\d+: ${name} string`));
  await lines.fill(before);
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`The column “${name}” goes: string.`);
  await look(page);
  await page.getByLabel(/to confirm$/).fill(table);
  await press(page, 'Save the schema');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(row).toHaveCount(0);
}

/** Partitions and sorts a table otherwise, and back. */
async function layout(page: Page, namespace: string[], table: string, field: string, sort: string, look: Look) {
  await page.goto(tablePath('sample-generic', { namespace }, table, 'partitions'));
  await follow(page, 'Edit partitions and sort order');
  await expect(heading(page)).toHaveText(`Edit partitions and sort order of ${table}`);
  await look(page);
  const partitions = page.getByLabel(/^Partition fields, one a line/);
  const sorts = page.getByLabel(/^Sort order, one field a line/);
  const before = await partitions.inputValue();
  await partitions.fill(`${before}bucket(4, nobody)\n`);
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('there is no column nobody');
  await partitions.fill(`${before}${field}\n`);
  await sorts.fill(`${sort}\n`);
  await press(page, 'Preview');
  await expect(main(page)).toContainText('New data goes by this, and queries read both.');
  await expect(main(page)).toContainText(`Writers sort the rows of each file by ${sort}`);
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('add-spec');
  await look(page);
  await press(page, 'Save partitions and sort order');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  await follow(page, 'Edit partitions and sort order');
  await expect(partitions).toHaveValue(`${before}${field}\n`);
  await partitions.fill(before);
  await sorts.fill('');
  await press(page, 'Preview');
  await expect(main(page)).toContainText('Writers will not sort rows any more.');
  await press(page, 'Save partitions and sort order');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}

test('a column is added to a table and dropped', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await column(page, ['sales'], 'customer_addresses', accessible);
});
test('a table is partitioned and sorted otherwise', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await layout(page, ['sales', 'eu', 'retail'], 'receipts', 'bucket(4, receipt_id)', 'printed_at', accessible);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a column is added to a table and dropped', async ({ page, problems }) => {
    problems.expect(/status of 400/);
    await column(page, ['sales', 'eu'], 'vat_rates', none);
  });
  test('a table is partitioned and sorted otherwise', async ({ page, problems }) => {
    problems.expect(/status of 400/);
    await layout(page, ['sales', 'eu', 'retail'], 'stores', 'bucket(4, store_id)', 'opened', none);
  });
});

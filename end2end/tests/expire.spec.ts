// Snapshots expire, a format version goes up and statistics leave the metadata: shown first, and made once that is
// confirmed. With scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { tablePath } from '../support/place.ts';

type Look = (page: Page) => Promise<void>;
const at = (namespace: string[], table: string, tab: string) => tablePath('sample-generic', { namespace }, table, tab);

/** Opens the snapshots of a table, has those expire that are not the last `keep` of a branch, and one by its id. */
async function expire(page: Page, namespace: string[], table: string, look: Look) {
  await page.goto(at(namespace, table, 'snapshots'));
  await follow(page, 'Expire snapshots');
  await expect(heading(page)).toHaveText(`Expire snapshots of ${table}`);
  await look(page);
  await page.getByLabel(/^Older than/).fill('soon');
  await page.getByRole('radio', { name: /^By an age and a number/ }).check();
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('such as 7 d');
  await expect(page.getByLabel(/^Older than/)).toHaveValue('soon');
  await expect(page.getByRole('radio', { name: /^By an age and a number/ })).toBeChecked();
  await page.getByLabel(/^Older than/).fill('1 ms');
  await page.getByLabel(/^Keep at least/).fill('5');
  await press(page, 'Preview');
  await expect(main(page)).toContainText(/snapshots go\./);
  await expect(main(page)).toContainText('The files stay until an engine removes them');
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('remove-snapshots');
  await page.getByText('5 snapshots stay').click();
  await expect(page.getByRole('row', { name: /main points at it/ })).toBeVisible();
  await look(page);
  await page.getByLabel(/to confirm$/).fill(table);
  await press(page, 'Expire them');
  await expect(page.getByText('Expired: what goes is out of the metadata.', { exact: true })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Snapshots' }).getByRole('row');
  await expect(rows).toHaveCount(6);

  await rows.nth(3).getByRole('link').first().click();
  await follow(page, 'Expire it');
  await expect(page.getByRole('radio', { name: /^These/ })).toBeChecked();
  await press(page, 'Preview');
  await expect(main(page)).toContainText('1 of 5 snapshots goes.');
  await page.getByLabel(/to confirm$/).fill(table);
  await press(page, 'Expire them');
  await expect(rows).toHaveCount(5);
}

/** Raises the format version of a table, and changes its location. */
async function basics(page: Page, table: string, look: Look) {
  await page.goto(at(['sales', 'us'], table, 'overview'));
  await follow(page, 'Raise the format version');
  await expect(heading(page)).toHaveText(`Raise the format version of ${table}`);
  await look(page);
  await press(page, 'Preview');
  await expect(main(page)).toContainText('There is no way back.');
  await look(page);
  await page.getByLabel(/to confirm$/).fill(table);
  await press(page, 'Raise it');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();

  await follow(page, 'Change the location');
  await look(page);
  const location = page.getByLabel(/^Location/);
  const now = await location.inputValue();
  await location.fill('elsewhere');
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('It is no location');
  await location.fill(`${now}-moved`);
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`New files of the table go below ${now}-moved`);
  await press(page, 'Change it');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.getByText('Identity', { exact: true }).click();
  await expect(main(page)).toContainText(`${now}-moved`);
}

/** Takes the table's, or its partitions', statistics out of the metadata. */
async function statistics(page: Page, title: string, look: Look) {
  await page.goto(at(['sales'], 'order_lines', 'statistics'));
  const row = page.getByRole('table', { name: title }).getByRole('row').nth(1);
  await row.getByRole('link', { name: /^Remove those/ }).click();
  await press(page, 'Preview');
  await expect(main(page)).toContainText('The file itself stays in the storage.');
  await look(page);
  await press(page, 'Remove them');
  await expect(page.getByText('Deleted.', { exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: title })).toHaveCount(0);
}

const none: Look = async () => undefined;

test('snapshots expire', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await expire(page, ['sales'], 'customer_addresses', accessible);
});
test('a format version goes up, and a location changes', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await basics(page, 'tax_jurisdictions', accessible);
});
test('statistics are removed', async ({ page }) => statistics(page, 'Table statistics', accessible));

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('snapshots expire', async ({ page, problems }) => {
    problems.expect(/status of 400/);
    await expire(page, ['sales', 'eu', 'retail'], 'receipts', none);
  });
  test('a format version goes up, and a location changes', async ({ page, problems }) => {
    problems.expect(/status of 400/);
    await basics(page, 'invoices', none);
  });
  test('statistics are removed', async ({ page }) => statistics(page, 'Partition statistics', none));
});

// Several tables of a namespace are changed at once, by clicks, with scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

type Look = (page: Page) => Promise<void>;

/** One change of several at a time is made in a namespace. */
async function set(page: Page, namespace: string, look: Look) {
  await page.goto(namespacePath('sample-lakekeeper', { namespace: [namespace] }));
  await follow(page, 'Several tables…');
  await expect(heading(page)).toHaveText(`Several tables of ${namespace}`);
  await look(page);
  const tables = main(page).getByRole('group', { name: 'Tables', exact: true }).getByRole('checkbox');
  await tables.nth(0).check();
  await tables.nth(1).check();
  await page.getByRole('radio', { name: 'Set a property of each' }).check();
  await page.getByLabel('Key', { exact: true }).fill(fresh('team'));
  await page.getByLabel('Value', { exact: true }).fill('crew');
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`Set a property of 2 tables of ${namespace}: 2 of them`);
  await look(page);
  await press(page, 'Do it');
  await expect(async () => {
    if (!(await page.getByText('2 of 2 done').count())) await page.reload();
    expect(await page.getByText('2 of 2 done').count()).toBeGreaterThan(0);
  }).toPass({ timeout: 20_000 });
}

test('several tables get a property', async ({ page }) => set(page, 'finance', accessible));

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('several tables get a property', async ({ page }) => set(page, 'logistics', async () => undefined));
});

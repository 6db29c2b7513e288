// A view is made, written anew and taken back by clicks, with scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

const views = `${namespacePath('sample-lakekeeper', { namespace: ['sales'] })}&tab=views`;
type Look = (page: Page) => Promise<void>;

async function view(page: Page, look: Look) {
  const name = fresh('daily');
  await page.goto(views);
  await follow(page, 'New view');
  await expect(heading(page)).toHaveText('New view');
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Dialect 1').fill('spark');
  await page.getByLabel('SQL 1').fill('SELECT 1 AS one');
  await page.getByLabel(/^Columns/).fill('one int');
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`There will be a view “sales.${name}” with 1 column`);
  await look(page);
  await press(page, 'Create the view');
  await expect(page.getByText('Created.', { exact: true })).toBeVisible();

  await follow(page, 'Edit SQL');
  await expect(page.getByLabel('SQL 1')).toHaveValue('SELECT 1 AS one');
  await expect(page.getByLabel(/^Columns/)).toHaveValue('1: one int\n');
  await page.getByLabel('SQL 1').fill('SELECT 2 AS one');
  await press(page, 'Preview');
  await expect(main(page)).toContainText('Another text for spark.');
  await look(page);
  await press(page, 'Save the view');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'SQL for spark' })).toContainText('2');

  await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'Versions' }).click();
  await page.getByRole('row', { name: /^1 / }).getByRole('link', { name: 'Roll back…' }).click();
  await press(page, 'Preview');
  await press(page, 'Roll back');
  await expect(page.getByText('Rolled back.', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'SQL for spark' })).toContainText('1');
}

test('a view is made, written anew and taken back', async ({ page }) => view(page, accessible));

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('a view is made, written anew and taken back', async ({ page }) => view(page, async () => undefined));
});

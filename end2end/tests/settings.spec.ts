// How somebody likes the console is kept: after a reload, and on pages that are opened new.
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { connectionPath, namespacePath } from '../support/place.ts';
import type { Page } from '@playwright/test';

const list = (name: string) => `${namespacePath(connection, { namespace: [name] })}&tab=tables`;

async function isAsLiked(page: Page) {
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('complementary')).toHaveCSS('width', '640px');
  const row = page.getByRole('main').locator('tbody tr').first();
  await expect(row).toHaveCSS('height', '36px');
  await expect(page.getByRole('columnheader', { name: 'Records' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Size' })).toHaveCount(0);
  await expect(page.getByRole('main').locator('.local-time').first()).toBeVisible();
}

test('theme, times, width of the tree, columns and rows stay as somebody likes them', async ({ page }) => {
  await page.goto(list('sales'));
  await page.getByLabel('Theme and times').click();
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.getByLabel('Theme and times').click();
  await page.getByRole('button', { name: 'UTC and local' }).click();
  await page.getByRole('separator', { name: 'Width of the tree' }).focus();
  await page.keyboard.press('End');
  await page.getByText('Columns, choice and export').click();
  await page.getByRole('main').getByRole('link', { name: 'tall', exact: true }).click();
  const column = page.getByRole('definition').getByRole('link', { name: 'Size', exact: true });
  await column.click();
  await isAsLiked(page);
  await page.reload();
  await isAsLiked(page);
  const opened = await page.context().newPage();
  await opened.goto(list('finance'));
  await isAsLiked(opened);
  // What is shown again is so on the next page, whatever the address says.
  await opened.getByText('Columns, choice and export').click();
  await opened.getByRole('definition').getByRole('link', { name: 'Size', exact: true }).click();
  await expect(opened.getByRole('columnheader', { name: 'Size' })).toBeVisible();
  await page.goto(list('finance'));
  await expect(page.getByRole('columnheader', { name: 'Size' })).toBeVisible();
});

test('the engine whose settings were opened last is the open one', async ({ page }) => {
  await page.goto(`${connectionPath(connection)}/connect`);
  const engine = (name: string) => page.getByRole('main').locator('details').filter({ has: page.getByRole('heading', { name }) });
  const first = page.getByRole('main').locator('details').first();
  await expect(first).toHaveAttribute('open');
  await page.getByRole('heading', { name: 'Trino' }).click();
  await expect(first).not.toHaveAttribute('open');
  await page.reload();
  await expect(engine('Trino')).toHaveAttribute('open');
  await page.goto(`${connectionPath('sample-nessie')}/connect`);
  await expect(engine('Trino')).toHaveAttribute('open');
  await expect(first).not.toHaveAttribute('open');
});

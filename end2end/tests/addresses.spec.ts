// The state of a page stands in its address: it is there when the address is opened, and after a reload.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { connection, snapshot } from '../support/pages.ts';
import { namespacePath, tablePath, viewPath } from '../support/place.ts';

const sales = { namespace: ['sales'] };
const partners = `${namespacePath(connection, { namespace: ['partners'] })}&tab=tables`;

/** Opens the address and looks; reloads and looks again. */
async function holds(page: Page, path: string, look: () => Promise<void>) {
  await page.goto(path);
  await look();
  await page.reload();
  await look();
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe(path);
}

test('open= opens a branch of the tree', async ({ page }) => {
  const tree = page.getByRole('tree', { name: 'Namespaces' });
  await holds(page, `${namespacePath(connection)}?open=${encodeURIComponent('/sales')}`, async () => {
    await expect(tree.getByRole('treeitem', { name: /^sales\b/ })).toHaveAttribute('aria-expanded', 'true');
    await expect(tree.getByRole('treeitem', { name: /^eu\b/ })).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: 'orders table', exact: true })).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: /^finance\b/ })).toHaveAttribute('aria-expanded', 'false');
  });
});

test('q= filters a list', async ({ page }) => {
  const main = page.getByRole('main');
  await holds(page, `${partners}&q=feed_22`, async () => {
    await expect(main.getByRole('searchbox', { name: 'Filter tables' })).toHaveValue('feed_22');
    await expect(main.getByRole('status')).toContainText('10 of 230 tables');
    await expect(main.getByRole('link', { name: /^feed_22\d$/ })).toHaveCount(10);
    await expect(main.getByRole('link', { name: /^feed_\d{3}$/ })).toHaveCount(10);
  });
});

test('sort= turns a list around', async ({ page }) => {
  const main = page.getByRole('main');
  await holds(page, `${partners}&sort=desc`, async () => {
    await expect(main.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
    await expect(main.getByRole('link', { name: /^feed_\d{3}$/ }).first()).toHaveText('feed_230');
  });
});

test('snapshot= shows one snapshot in full', async ({ page }) => {
  const path = `${tablePath(connection, sales, 'orders', 'snapshots')}&snapshot=${snapshot}`;
  await holds(page, path, async () => {
    await expect(page.getByRole('heading', { level: 2, name: `Snapshot ${snapshot}` })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Summary' })).toBeVisible();
  });
});

test('schema= shows an earlier schema', async ({ page }) => {
  const schemas = page.getByRole('navigation', { name: 'Schemas' });
  await holds(page, `${tablePath(connection, sales, 'orders', 'schema')}&schema=1`, async () => {
    await expect(schemas.getByRole('link', { name: '1', exact: true })).toHaveAttribute('aria-current', 'true');
    await expect(schemas.getByRole('link', { name: '2 (current)' })).not.toHaveAttribute('aria-current');
    await expect(page.getByRole('table', { name: 'Columns' })).toBeVisible();
  });
});

test('version= shows the texts of an earlier version of a view', async ({ page }) => {
  const main = page.getByRole('main');
  await holds(page, `${viewPath(connection, sales, 'revenue_by_day', 'sql')}&version=1`, async () => {
    // The first of its facts is the version.
    await expect(main.getByRole('definition').first()).toHaveText('1');
    await expect(main.getByRole('region', { name: /^SQL for / }).first()).toContainText('SELECT');
  });
});

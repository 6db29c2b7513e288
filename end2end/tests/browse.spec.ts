// The main journey by clicks, on each of the six dialects; and names and numbers that are easily spoilt.
import type { Page } from '@playwright/test';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath, tablePath } from '../support/place.ts';

/** Clicks every tab of an object; none may fail. */
async function eachTab(page: Page, name: 'Table' | 'View') {
  const tabs = page.getByRole('navigation', { name, exact: true }).getByRole('link');
  const labels = await tabs.allInnerTexts();
  expect(labels.length).toBeGreaterThan(4);
  for (const label of labels) {
    const tab = tabs.filter({ hasText: label });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-current', 'page');
    await expect(page.locator('.skeleton')).toHaveCount(0);
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0);
  }
}

for (const dialect of ['generic', 'polaris', 'nessie', 'lakekeeper', 'unity', 's3-tables']) {
  const hasViews = !['unity', 's3-tables'].includes(dialect);
  test(`home → ${dialect} → tree → namespace → table → each tab${hasViews ? ' → view → each tab' : ''}`, async ({ page }) => {
    const main = page.getByRole('main');
    await page.goto('/');
    await page.getByRole('link', { name: `sample-${dialect}`, exact: true }).click();
    await page.getByRole('tree').getByText('sales', { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('sales');
    await main.getByRole('link', { name: 'orders', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
    await eachTab(page, 'Table');
    await accessible(page);
    if (!hasViews) return;
    await page.getByRole('tree').getByText('sales', { exact: true }).click();
    await page.getByRole('navigation', { name: 'Namespace', exact: true }).getByRole('link', { name: /^Views/ }).click();
    await main.getByRole('link', { name: 'revenue_by_day', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('revenue_by_day');
    await eachTab(page, 'View');
    await accessible(page);
  });
}

for (const [from, where] of [['sample-generic', ''], ['sample-polaris', '&tab=views'], ['sample-nessie', '&tab=properties']] as const) {
  test(`the tabs of a namespace follow what is open, from the first page on: ${from}`, async ({ page }) => {
    await page.goto(`${namespacePath(from, { namespace: ['sales'] })}${where}`);
    const tabs = page.getByRole('navigation', { name: 'Namespace', exact: true }).getByRole('link');
    for (const label of ['Namespaces', 'Views', 'Properties', 'Tables']) {
      const tab = tabs.filter({ hasText: new RegExp(`^${label}`) });
      await tab.click();
      await expect(tab).toHaveAttribute('aria-current', 'page');
      await expect(tabs.and(page.locator('[aria-current]'))).toHaveCount(1);
    }
  });
}

test('each tab of a namespace is left for another namespace, and nothing breaks', async ({ page }) => {
  const main = page.getByRole('main');
  for (const tab of ['Views', 'Namespaces', 'Properties']) {
    await page.goto(namespacePath(connection, { namespace: ['sales'] }));
    await page.getByRole('navigation', { name: 'Namespace', exact: true }).getByRole('link', { name: new RegExp(`^${tab}`) }).click();
    await expect(main.locator('.skeleton')).toHaveCount(0);
    await page.getByRole('tree').getByText('finance', { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('finance');
    await main.getByRole('link', { name: /^Tables/ }).click();
    await expect(main.getByRole('link', { name: 'ledger', exact: true })).toBeVisible();
  }
});

test('charts of a page that the browser made are drawn, and lead on', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
  const mark = page.getByRole('main').locator('svg a rect').last();
  await expect(mark).toBeVisible();
  await mark.click();
  await expect(page).toHaveURL(/snapshots/);
});

test('back and forward go through what was looked at', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
  await expect(heading).toHaveText('orders');
  // Who goes on before a page is there has not been at it.
  await expect(page.getByRole('main')).toContainText('Location');
  await page.getByRole('link', { name: 'Schema', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('customer_id');
  await page.goBack();
  await page.goBack();
  await expect(heading).toHaveText('sales');
  await page.goForward();
  await expect(heading).toHaveText('orders');
});

test('names with a dot, a space, a slash, a percent sign and in other scripts open by a click', async ({ page }) => {
  for (const [namespace, table] of [
    [['finance', 'fy2026.q3'], 'accruals'],
    [['logistics', 'last mile'], 'driver shifts'],
    [['marketing'], 'a/b tests + results (50%)'],
    [['marketing'], 'survey.answers'],
    [['iot', 'Überwachung'], 'kühlkette'],
    [['研究'], '試験データ'],
  ] as const) {
    await page.goto(`${namespacePath(connection, { namespace: [...namespace] })}&tab=tables`);
    await page.getByRole('main').getByRole('link', { name: table, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(table);
    await expect(page.getByRole('main')).toContainText(/[0-9a-f]{8}-[0-9a-f]{4}/);
  }
});

test('an id over 2^53 keeps every digit', async ({ page }) => {
  await page.goto(tablePath(connection, { namespace: ['sales'] }, 'orders', 'snapshots'));
  const ids = (await page.getByRole('main').innerText()).match(/\b\d{17,19}\b/g) ?? [];
  expect(ids.length).toBeGreaterThan(10);
  // A number that went through a double is a multiple of a power of two, and mostly ends in zeros.
  expect(ids.some((id) => String(Number(id)) !== id)).toBe(true);
});

test('the back button works while a reloaded page comes alive', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('Location');
  const schema = page.getByRole('link', { name: 'Schema', exact: true });
  for (const until of ['commit', 'domcontentloaded', 'load'] as const) {
    await schema.click();
    // The overview names columns, too: the address tells that the tab is open.
    await expect(page).toHaveURL(/\/t\/schema/);
    await page.reload({ waitUntil: until });
    // Not `goBack`, which may ask the document that is just going.
    await page.evaluate(() => history.back());
    await expect(page.getByRole('main')).toContainText('Location');
    await expect(schema).toBeVisible();
  }
});

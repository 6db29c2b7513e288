// The main journey by clicks, on each of the six dialects; and what an address restores.
import { axe, expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath, tablePath } from '../support/place.ts';

for (const dialect of ['generic', 'polaris', 'nessie', 'lakekeeper', 'unity', 's3-tables']) {
  test(`home → ${dialect} → tree → namespace → table → each tab`, async ({ page }) => {
    const main = page.getByRole('main');
    await page.goto('/');
    await page.getByRole('link', { name: `sample-${dialect}`, exact: true }).click();
    await page.getByRole('tree').getByText('sales', { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('sales');
    await main.getByRole('link', { name: 'orders', exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
    const tabs = page.getByRole('navigation', { name: /table/i }).getByRole('link');
    const labels = await tabs.allInnerTexts();
    expect(labels.length).toBeGreaterThan(5);
    for (const label of labels) {
      const tab = tabs.filter({ hasText: label });
      await tab.click();
      await expect(tab).toHaveAttribute('aria-current', 'page');
      await expect(main.getByRole('alert')).toHaveCount(0);
    }
    await axe(page);
  });
}

test('back and forward go through what was looked at', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
  await expect(heading).toHaveText('orders');
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

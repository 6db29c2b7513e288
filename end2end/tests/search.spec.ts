// One search over all connections.
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath } from '../support/place.ts';

test('the field by keyboard: slash, a word, Enter, and the table is two steps away', async ({ page }) => {
  await page.goto(namespacePath(connection));
  const field = page.getByRole('banner').getByRole('searchbox', { name: 'Search' });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.type('ordres');
  await page.keyboard.press('Enter');
  const group = page.getByRole('region', { name: connection });
  const hit = group.getByRole('link', { name: 'sales.orders', exact: true });
  await expect(hit).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await hit.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
});

test('a slash that is typed stays a slash, and what is typed on the page is searched at once', async ({ page }) => {
  await page.goto('/search');
  const field = page.getByRole('main').getByRole('searchbox', { name: 'What to look for' });
  await field.focus();
  await page.keyboard.type('a/b');
  await expect(field).toHaveValue('a/b');
  await field.fill('revenue_by');
  await expect(page.getByRole('region', { name: connection }).getByRole('link', { name: 'sales.revenue_by_day' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the field leads to the page, and the page narrows', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('banner').getByRole('searchbox', { name: 'Search' }).fill('orders');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Kinds' }).getByRole('link', { name: 'view', exact: true }).click();
    await expect(page).toHaveURL(/q=orders&kind=view/);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Search');
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('a link in place of the field, and nothing overlaps or scrolls sideways', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Search');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

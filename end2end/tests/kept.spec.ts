// What was opened and pinned is kept in the browser, and is the way back.
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { tablePath } from '../support/place.ts';

test('what was opened and pinned stands on the home page and in an empty search, and is forgotten when told so', async ({ page }) => {
  await page.goto(tablePath(connection, { namespace: ['sales'] }, 'orders', 'schema'));
  const pin = page.getByRole('button', { name: 'Pin' });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('treeitem', { name: /^returns\b/ }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('returns');
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  const kept = (name: string) => page.evaluate((key) => localStorage.getItem(key) ?? '', name);
  await expect.poll(() => kept('opened')).toContain('returns');
  expect(await kept('pinned')).toContain('orders');
  const section = (title: string) => page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
  for (const path of ['/', '/search']) {
    await page.goto(path);
    await expect(section('Pinned').getByRole('link')).toHaveText(['orders']);
    await expect(section('Opened lately').getByRole('link').first()).toHaveText('returns');
  }
  await section('Opened lately').getByRole('button', { name: 'Forget these' }).click();
  await expect(section('Opened lately')).toBeHidden();
  await section('Pinned').getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
  await pin.click();
  await expect.poll(() => kept('pinned')).toBe('[]');
});

// Everything by keyboard.
import type { Page } from '@playwright/test';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath, tablePath } from '../support/place.ts';

/** A line of the tree by its name, whatever its kind and however much is in it. */
const treeitem = (page: Page, name: string) => page.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });

test('the first Tab skips to the content', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('the tree: arrows open, close and walk, Home and End jump, Enter goes there', async ({ page }) => {
  await page.goto(namespacePath(connection));
  const item = (name: string) => treeitem(page, name);
  await expect(item('sales')).toBeVisible();
  await item('sales').focus();
  await page.keyboard.press('ArrowRight');
  await expect(item('sales')).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(item('eu')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(item('sales')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(item('sales')).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Home');
  await expect(page.getByRole('treeitem').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('treeitem').last()).toBeFocused();
  await item('sales').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('sales');
  await expect(item('sales')).toHaveAttribute('aria-current', 'page');
});

test('the tree: opened to the table of the page, from where arrows and letters lead to others', async ({ page }) => {
  await page.goto(tablePath(connection, { namespace: ['sales'] }, 'orders'));
  const marked = page.getByRole('treeitem').and(page.locator('[aria-current]'));
  await expect(marked).toHaveCount(1);
  await expect(marked).toHaveAccessibleName('orders table');
  await treeitem(page, 'sales').focus();
  await page.keyboard.press('r');
  await expect(treeitem(page, 'returns')).toBeFocused();
  await page.keyboard.press('r');
  await expect(treeitem(page, 'revenue_by_day')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('revenue_by_day');
  await expect(marked).toHaveAccessibleName('revenue_by_day view');
  // The line keeps the focus, and leads back to what is around it.
  await expect(treeitem(page, 'revenue_by_day')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(treeitem(page, 'sales')).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(treeitem(page, 'sales')).toHaveAttribute('aria-expanded', 'false');
  await expect(treeitem(page, 'sales')).toHaveAttribute('aria-current', 'true');
});

test('the tree is as wide as somebody likes, by keys and by the mouse, and stays so', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  const handle = page.getByRole('separator', { name: 'Width of the tree' });
  const is = async (width: number) => {
    await expect(handle).toHaveAttribute('aria-valuenow', String(width));
    await expect(page.getByRole('complementary')).toHaveCSS('width', `${width}px`);
  };
  await is(288);
  await handle.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await is(624);
  await page.reload();
  await is(624);
  const { x, y } = (await handle.boundingBox())!;
  await page.mouse.move(x + 3, y + 300);
  await page.mouse.down();
  await page.mouse.move(x - 197, y + 300);
  await page.mouse.up();
  await is(424);
  await handle.dblclick();
  await is(288);
});

test('another page is told, and is where the keyboard goes on', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  const tabs = page.getByRole('navigation', { name: 'Namespace', exact: true });
  await tabs.getByRole('link', { name: /^Properties/ }).click();
  await tabs.getByRole('link', { name: /^Tables/ }).click();
  const told = page.locator('#arrived');
  await expect(told).toHaveText('Tables · sales · sample-generic · Crowsnest');
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'orders' })).toBeFocused();
  await expect(told).toHaveText('Overview · orders · sample-generic · Crowsnest');
  await expect(page).toHaveTitle('Overview · orders · sample-generic · Crowsnest');
});

test('j and k walk the rows of a table, o opens one, and ? tells so', async ({ page }) => {
  await page.goto(`${namespacePath(connection, { namespace: ['sales'] })}&tab=tables`);
  const rows = page.getByRole('main').getByRole('row');
  const link = (at: number) => rows.nth(at).getByRole('link').first();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(link(2)).toBeFocused();
  await page.keyboard.press('k');
  await expect(link(1)).toBeFocused();
  const colour = (at: number) => rows.nth(at).evaluate((row) => getComputedStyle(row).backgroundColor);
  expect(await colour(1)).not.toBe(await colour(2));
  // What is typed stays typed.
  const filter = page.getByRole('main').getByRole('searchbox').first();
  await filter.fill('');
  await filter.pressSequentially('jko?');
  await expect(filter).toHaveValue('jko?');
  await expect(filter).toBeFocused();
  await filter.fill('');
  await filter.blur();
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await expect(sheet).toBeHidden();
  await page.keyboard.press('?');
  await expect(sheet).toContainText('next and the previous row');
  await accessible(page);
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('j');
  const name = await link(1).innerText();
  await page.keyboard.press('o');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.goto(tablePath(connection, { namespace: ['sales'] }, 'orders', 'snapshots'));
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/snapshot=\d+/);
});

test('every focus can be seen', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }));
  for (let step = 0; step < 25; step += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return true;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    });
    expect(seen, await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toBe(true);
  }
});

test('what is begun around a page goes on once scripts take it over', async ({ page }) => {
  await page.goto(namespacePath(connection, { namespace: ['sales'] }), { waitUntil: 'commit' });
  const menu = page.getByRole('navigation', { name: 'Place' }).locator('details').first();
  await menu.locator('summary').click();
  const find = page.getByRole('searchbox', { name: 'Find in the tree' });
  await find.pressSequentially('fin');
  await expect(page.locator('[data-later]')).toHaveCount(0);
  await find.pressSequentially('ance');
  await expect(page).toHaveURL(/find=finance/);
  await expect(find).toBeFocused();
  await expect(find).toHaveValue('finance');
  await expect(treeitem(page, 'finance')).toBeVisible();
});

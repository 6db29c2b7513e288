// What people come for, by no more clicks than it takes.
import { accessPath } from '../support/access.ts';
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath, tablePath } from '../support/place.ts';
import type { Locator, Page } from '@playwright/test';

/** Counts clicks; what is typed is none. */
class Hand {
  clicks = 0;

  constructor(private readonly page: Page) {}

  async click(target: Locator) {
    this.clicks += 1;
    await target.click();
  }

  link = (name: string | RegExp) => this.click(this.page.getByRole('main').getByRole('link', { name, exact: true }).first());
  button = (name: string | RegExp) => this.click(this.page.getByRole('main').getByRole('button', { name, exact: true }).first());
}

const lakehouse = { warehouse: 'lakehouse', namespace: ['sales'] };

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a table whose name is half remembered: 2', async ({ page }) => {
      const hand = new Hand(page);
      await page.goto('/');
      await hand.click(page.getByRole('banner').getByRole('searchbox', { name: 'Search' }));
      await page.keyboard.type('ordres');
      await page.keyboard.press('Enter');
      await hand.click(page.getByRole('region', { name: connection }).getByRole('link', { name: 'sales.orders', exact: true }));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('orders');
      expect(hand.clicks).toBeLessThanOrEqual(2);
    });

    test('who can drop this table: 2', async ({ page }) => {
      const hand = new Hand(page);
      await page.goto(tablePath('sample-polaris', lakehouse, 'orders'));
      await hand.link('Who can use it');
      await hand.link('Drop');
      await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'can drop this table' })).toContainText('root');
      await expect(page.getByRole('row', { name: /trino_bi/ })).toHaveCount(0);
      expect(hand.clicks).toBeLessThanOrEqual(2);
    });

    test('the newest two snapshots compared: 3', async ({ page }) => {
      const hand = new Hand(page);
      await page.goto(tablePath('sample-polaris', lakehouse, 'orders'));
      await hand.link('Snapshots');
      await hand.button('Compare');
      await expect(page.getByRole('heading', { name: 'Two snapshots compared' })).toBeVisible();
      expect(hand.clicks).toBeLessThanOrEqual(3);
    });

    test('reading granted on a namespace, to the preview and back: 5, and nothing where nothing is needed', async ({ page }) => {
      const hand = new Hand(page);
      await page.goto(namespacePath('sample-polaris', { warehouse: 'lakehouse', namespace: ['partners'] }));
      await hand.link('Who can use it');
      await hand.link('Grant or revoke');
      await hand.link('retired');
      await hand.link('Reader');
      await expect(page.getByRole('heading', { name: 'Who gains what' })).toBeVisible();
      // The last click would grant it.
      await expect(page.getByRole('button', { name: /^Grant \d+ privileges?$/ })).toBeEnabled();
      expect(hand.clicks + 1).toBeLessThanOrEqual(5);
      await page.goto(accessPath('grants', 'role=reader&w=lakehouse&ns=sales&privilege=TABLE_READ_DATA&step=preview'));
      await expect(page.getByRole('main')).toContainText('Nothing would be granted');
    });
  });
}

// Without JavaScript: the same pages, by links and forms.
import { expect, test } from '../support/fixtures.ts';
import { groups } from '../support/groups.ts';
import { connection } from '../support/pages.ts';
import { namespacePath } from '../support/place.ts';

test.use({ javaScriptEnabled: false });

test('the main journey', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: connection, exact: true }).click();
  await page.getByRole('tree').getByText('sales', { exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'orders', exact: true }).click();
  await page.getByRole('link', { name: 'Schema', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('customer_id');
  await page.getByRole('link', { name: 'Snapshots', exact: true }).click();
  await expect(page.getByRole('main').getByRole('row').nth(10)).toBeVisible();
});

for (const [title, group] of Object.entries(groups)) {
  test(`${title} are complete`, async ({ page }) => {
    for (const [name, path] of group) {
      await test.step(name, async () => {
        expect((await page.goto(path))!.status()).toBe(200);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        // Nothing still pretends to be on its way.
        await expect(page.locator('.skeleton:visible')).toHaveCount(0);
      });
    }
  });
}

test('a list is filtered, sorted and paged by the server', async ({ page }) => {
  const partners = `${namespacePath(connection, { namespace: ['partners'] })}&tab=tables`;
  const names = page.getByRole('main').getByRole('link', { name: /^feed_\d{3}$/ });
  await page.goto(partners);
  await expect(names).toHaveCount(200);
  await page.goto(`${partners}&page=2`);
  await expect(names).toHaveCount(30);
  await page.goto(`${partners}&q=feed_22`);
  await expect(names).toHaveCount(10);
  await page.goto(partners);
  await page.getByRole('main').getByRole('searchbox').fill('feed_01');
  await page.keyboard.press('Enter');
  await expect(names).toHaveCount(10);
  await page.getByRole('main').getByRole('link', { name: /^name\b/i }).click();
  await expect(names.first()).toHaveText('feed_019');
});

// Lists of tables: names first, then what is told of the rows in view; orders that say what they know.
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath } from '../support/place.ts';

const partners = `${namespacePath(connection, { namespace: ['partners'] })}&tab=tables`;

test('figures come to the rows in view, and an order by them is complete once all are read', async ({ page }) => {
  await page.goto(partners);
  const row = (name: string) => page.getByRole('main').getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row('feed_001').getByText('MiB').first()).toBeVisible();
  await page.getByRole('link', { name: 'Records' }).click();
  const said = page.getByRole('main').getByRole('status').filter({ hasText: 'Sorted by records' });
  await expect(said).toContainText(/by what is known: \d+ of 230 tables were read/);
  await page.getByRole('link', { name: 'Read all 230' }).click();
  await expect(said).toHaveText('Sorted by records: all 230 tables were read.');
  await expect(page.getByRole('columnheader', { name: 'Records' })).toHaveAttribute('aria-sort', 'descending');
});

// Generic tables: registered, shown and dropped.
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('a generic table is registered and dropped', async ({ page }) => {
  const name = fresh('clicks');
  await page.goto(polarisPath('generic-tables', ['w', 'lakehouse'], ['ns', 'marketing']));
  await page.getByRole('link', { name: 'New generic table' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Format').fill('delta');
  await page.getByLabel('Base location').fill('s3://lake/clicks');
  await page.getByRole('button', { name: 'Create generic table' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByRole('main')).toContainText('s3://lake/clicks');
  await page.goto(polarisPath('ns', ['w', 'lakehouse'], ['ns', 'marketing']));
  await page.getByRole('navigation', { name: 'Namespace' }).getByRole('link', { name: /^Generic tables/ }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByText('Drop this generic table…').click();
  await page.getByLabel(/to confirm$/).fill(name);
  await page.getByRole('button', { name: 'Drop the table' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Generic tables');
});

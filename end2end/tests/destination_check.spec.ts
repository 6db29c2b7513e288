// The live check, started from a connection of the sample.
import { expect, test } from '../support/fixtures.ts';

const connections = ['generic', 'lakekeeper', 'nessie', 's3-tables', 'unity', 'polaris'].map((kind) => `sample-${kind}`);

for (const connection of connections) {
  test(`${connection} is well, asked with its own credentials`, async ({ page }) => {
    await page.goto('/destination');
    await page.getByRole('main').getByRole('link', { name: connection, exact: true }).click();
    await page.getByRole('link', { name: 'Next: settings' }).click();
    await page.getByRole('button', { name: 'Next: check' }).click();
    await page.getByRole('button', { name: `Check as ${connection}` }).click();
    const result = page.getByRole('region', { name: 'Result of the check' });
    await expect(result).toContainText('Nothing failed');
    await expect(result.locator('[data-stage="Open the warehouse"]')).toHaveAttribute('data-outcome', 'ok');
    await expect(result.locator('[data-stage="List namespaces"]')).toHaveAttribute('data-outcome', 'ok');
  });
}

test('a stopped server: the stage, the cause, the fix', async ({ page }) => {
  await page.goto('/destination/check?catalog=lakekeeper&rest_catalog_url=http%3A%2F%2F127.0.0.1%3A9%2Fcatalog&iceberg_s3_path=lake');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  await page.getByRole('button', { name: 'Check with these values' }).click();
  const stage = page.locator('[data-stage="Connect"]');
  await expect(stage).toHaveAttribute('data-outcome', 'failed');
  await expect(stage).toContainText('Nothing listens');
  await expect(stage.getByRole('link', { name: 'More about this' })).toHaveAttribute('href', '/troubleshooting#net-refused');
});

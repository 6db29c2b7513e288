// What the wizard says beside a field, and that it stops saying so.
import { expect, test } from '../support/fixtures.ts';

const cases: [catalog: string, auth: string, field: string, bad: string, id: string, good: string][] = [
  ['polaris', 'oauth2', 'rest_catalog_url', '', 'req.url', 'http://polaris:8181/api/catalog'],
  ['polaris', 'oauth2', 'rest_catalog_url', 'polaris', 'url.syntax', 'http://polaris:8181/api/catalog'],
  ['polaris', 'oauth2', 'rest_catalog_url', 'http://polaris:8181/api/management', 'url.path.polaris', 'http://polaris:8181/api/catalog'],
  ['polaris', 'oauth2', 'iceberg_s3_path', 's3://bucket', 'wh.name-not-uri', 'lake'],
  ['polaris', 'oauth2', 'iceberg_s3_path', '', 'req.warehouse', 'lake'],
  ['polaris', 'oauth2', 'scope', 'catalog', 'scope.polaris', 'PRINCIPAL_ROLE:ALL'],
  ['polaris', 'oauth2', 'iceberg_s3_path', '<POLARIS_CATALOG_NAME>', 'placeholder', 'lake'],
  ['generic', 'none', 'rest_catalog_url', 'http://rest:8181/v1', 'url.v1suffix', 'http://rest:8181'],
  ['generic', 'none', 'rest_catalog_url', 'http://localhost:8181', 'url.localhost', 'http://rest:8181'],
  ['generic', 'none', 'rest_catalog_url', 'http://u:p@rest:8181', 'url.userinfo', 'http://rest:8181'],
  ['generic', 'none', 'aws_region', '', 'req.region', 'us-east-1'],
  ['lakekeeper', 'none', 'rest_catalog_url', 'http://lakekeeper:8181/ui', 'url.path.lakekeeper', 'http://lakekeeper:8181/catalog'],
  ['nessie', 'none', 'rest_catalog_url', 'http://nessie:19120/api/v2', 'url.path.nessie', 'http://nessie:19120/iceberg/'],
  ['s3-tables', 'sigv4', 'iceberg_s3_path', 's3://bucket', 'wh.arn', 'arn:aws:s3tables:eu-west-1:123456789012:bucket/lake'],
  ['unity', 'token', 'rest_catalog_url', 'https://adb-1.azuredatabricks.net/api/2.1/unity-catalog/iceberg', 'url.path.unity', 'https://adb-1.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest'],
  ['unity', 'token', 'token', '', 'req.token', 'dapi1'],
];

for (const [catalog, auth, field, bad, id, good] of cases) {
  test(`${id} in ${catalog}: shown for “${bad}”, gone for “${good}”`, async ({ page }) => {
    await page.goto(`/destination/form?catalog=${catalog}&auth=${auth}`);
    await expect(page.locator('#upload, input[type=password]').first()).toBeEnabled();
    const input = page.locator(`#${field}`);
    const finding = page.locator(`[id="${field}-findings"] [data-finding="${id}"]`);
    await input.fill(bad || 'x');
    if (!bad) await input.fill('');
    await input.blur();
    await expect(finding).toBeVisible();
    // At each keystroke: no blur before the finding goes.
    await input.fill(good);
    await expect(finding).toHaveCount(0);
  });
}

test('an empty form complains about nothing yet', async ({ page }) => {
  await page.goto('/destination/form?catalog=polaris');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  await expect(page.locator('[data-finding^="req."]:visible')).toHaveCount(0);
});

test('a finding with one answer is mended by its button', async ({ page }) => {
  await page.goto('/destination/form?catalog=generic');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  await page.locator('#rest_catalog_url').fill('http://rest:8181/v1');
  await page.locator('[data-finding="url.v1suffix"]').getByRole('button', { name: 'Fix' }).click();
  await expect(page.locator('#rest_catalog_url')).toHaveValue('http://rest:8181');
});

test('a keystroke is judged within a frame', async ({ page }) => {
  await page.goto('/destination/form?catalog=polaris');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  const times = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#rest_catalog_url')!;
    const taken: number[] = [];
    for (let i = 0; i < 50; i += 1) {
      input.value += 'x';
      const start = performance.now();
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((done) => queueMicrotask(() => done(null)));
      taken.push(performance.now() - start);
    }
    return taken.sort((a, b) => a - b);
  });
  expect(times[25]).toBeLessThan(16);
});

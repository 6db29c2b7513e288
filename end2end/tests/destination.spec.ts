// The destination wizard: from a catalog to a file that is right to the byte.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';
import { goldens, typed, type Golden } from '../support/golden.ts';

const names: Record<string, string> = {
  generic: 'Generic REST',
  lakekeeper: 'Lakekeeper',
  nessie: 'Nessie',
  's3-tables': 'S3 Tables',
  unity: 'Databricks Unity Catalog',
  polaris: 'Apache Polaris',
};
const modes: Record<string, string> = {
  none: 'not at all',
  token: 'with a token',
  oauth2: 'with OAuth2',
  sigv4: 'with AWS keys (SigV4)',
};

async function download(page: Page): Promise<string> {
  const arrives = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the file' }).click();
  return readFile(await (await arrives).path(), 'utf8');
}

/** Waits until the page runs in the browser: secrets can be typed then. */
const live = (page: Page) => expect(page.locator('input[type=password]').first()).toBeEnabled();

async function choose(page: Page, { catalog, auth }: Golden) {
  await page.goto('/destination');
  await page.getByRole('main').getByRole('link', { name: names[catalog], exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prepare the catalog');
  await page.getByRole('link', { name: 'Next: settings' }).click();
  await page.getByRole('radio', { name: modes[auth], exact: true }).check();
}

for (const golden of goldens) {
  test(`${golden.name}: from the first page to the published file`, async ({ page }) => {
    await choose(page, golden);
    if (golden.writer.token || golden.writer.aws_access_key || golden.writer.credential) await live(page);
    for (const [id, value] of typed(golden)) await page.locator(`#${id}`).fill(value);
    await page.getByRole('button', { name: 'Skip to the review' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review');
    expect(await download(page)).toBe(golden.text);
    await page.getByRole('checkbox', { name: 'Include secrets in the file' }).check();
    expect(await download(page)).toBe(golden.text);
    for (const [, value, secret] of typed(golden)) {
      if (!secret) continue;
      expect(page.url()).not.toContain(encodeURIComponent(value));
    }
  });

  test(`${golden.name}: imported, it is written as it was`, async ({ page }) => {
    await page.goto('/destination/import');
    await expect(page.getByLabel('Choose a file')).toBeEnabled();
    await page.getByLabel('Choose a file').setInputFiles({ name: 'destination.json', mimeType: 'application/json', buffer: Buffer.from(golden.text) });
    await expect(page.getByRole('textbox', { name: 'destination.json' })).toHaveValue(golden.text);
    const asItIs = page.getByRole('button', { name: /^Go on/ });
    await asItIs.last().click();
    await page.getByRole('link', { name: 'Review' }).click();
    expect(await download(page)).toBe(golden.text);
  });
}

test('a typed secret is in the file only when that is chosen, and in no address or storage', async ({ page }) => {
  await page.goto('/destination/form?catalog=unity&auth=token');
  await live(page);
  await page.locator('#rest_catalog_url').fill('adb-1.2.azuredatabricks.net');
  await page.locator('#token').fill('dapi-CANARY');
  await page.locator('#iceberg_s3_path').fill('main');
  await page.locator('#iceberg_s3_path').blur();
  await expect(page.locator('#rest_catalog_url')).toHaveValue('https://adb-1.2.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest');
  await page.getByRole('button', { name: 'Skip to the review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review');
  expect(await download(page)).not.toContain('CANARY');
  await page.getByRole('checkbox', { name: 'Include secrets in the file' }).check();
  expect(await download(page)).toContain('"token": "dapi-CANARY"');
  expect(page.url()).not.toContain('CANARY');
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('CANARY');
  expect(await page.locator('main').innerText()).not.toContain('CANARY');
});

test('a draft survives a reload and the back button', async ({ page }) => {
  await page.goto('/destination/form?catalog=polaris');
  await live(page);
  await page.locator('#rest_catalog_url').fill('http://polaris:8181/api/catalog');
  await page.locator('#iceberg_s3_path').fill('lake');
  await page.locator('#iceberg_s3_path').blur();
  await expect(page.locator('#oauth2_uri')).toHaveValue('http://polaris:8181/api/catalog/v1/oauth/tokens');
  await page.locator('#credential').fill('CANARY');
  await page.getByRole('button', { name: 'Next: check' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check');
  await page.goBack();
  await expect(page.locator('#iceberg_s3_path')).toHaveValue('lake');
  await expect(page.locator('#credential')).toHaveValue('CANARY');
  await page.reload();
  await live(page);
  await expect(page.locator('#iceberg_s3_path')).toHaveValue('lake');
  await expect(page.locator('#credential')).not.toHaveValue('CANARY');
});

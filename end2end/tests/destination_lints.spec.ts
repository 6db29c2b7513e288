// What the wizard says beside a field or about a file, and that it stops saying so.
import type { Page } from '@playwright/test';
import { expect, test } from '../support/fixtures.ts';

/** A rule, the field that breaks and mends it, and where it is shown if that is another one. */
type Case = [id: string, field: string, bad: string, good: string, shown?: string];

const CATALOG = 'rest_catalog_url';
const WAREHOUSE = 'iceberg_s3_path';
const forms: Record<string, Case[]> = {
  'catalog=generic&auth=none': [
    ['req.url', CATALOG, '', 'http://rest:8181'],
    ['url.syntax', CATALOG, 'rest:8181', 'http://rest:8181'],
    ['url.v1suffix', CATALOG, 'http://rest:8181/v1', 'http://rest:8181'],
    ['url.localhost', CATALOG, 'http://localhost:8181', 'http://rest:8181'],
    ['url.userinfo', CATALOG, 'http://u:p@rest:8181', 'http://rest:8181'],
    ['req.warehouse', WAREHOUSE, '', 's3://lake'],
    ['wh.uri', WAREHOUSE, 'lake', 's3://lake'],
    ['req.region', 'aws_region', '', 'us-east-1'],
    ['placeholder', 'aws_region', '<AWS_REGION>', 'us-east-1'],
    ['key.legacy.iceberg_db', 'iceberg_db', 'sales', ''],
    ['s3.endpoint.service', 's3_endpoint', 'https://glue.eu-west-1.amazonaws.com', 'http://minio:9000'],
    ['s3.port.console', 's3_endpoint', 'http://minio:9001', 'http://minio:9000'],
    ['keys.pair', 'aws_access_key', 'AKIA', '', 'aws_secret_key'],
  ],
  'catalog=generic&auth=none&target=typed': [['catalog.name', 'catalog_name', 'My Lake', 'lake']],
  'catalog=lakekeeper&auth=none': [
    ['url.path.lakekeeper', CATALOG, 'http://lakekeeper:8181/ui', 'http://lakekeeper:8181/catalog'],
    ['url.path.lakekeeper', CATALOG, 'http://lakekeeper:8181/management', 'http://lakekeeper:8181/catalog'],
    ['url.path.lakekeeper', CATALOG, 'http://lakekeeper:8181', 'http://lakekeeper:8181/catalog'],
    ['wh.name-not-uri', WAREHOUSE, 's3://lake', 'lake'],
  ],
  'catalog=nessie&auth=none': [['url.path.nessie', CATALOG, 'http://nessie:19120/api/v2', 'http://nessie:19120/iceberg/']],
  'catalog=polaris&auth=oauth2': [
    ['url.path.polaris', CATALOG, 'http://polaris:8181/api/management', 'http://polaris:8181/api/catalog'],
    ['tls.plain', CATALOG, 'http://polaris.example.com:8181/api/catalog', 'http://polaris:8181/api/catalog'],
    ['wh.name-not-uri', WAREHOUSE, 's3://bucket', 'lake'],
    ['auth.oauth.origin', 'oauth2_uri', 'http://elsewhere:8181/api/catalog/v1/oauth/tokens', 'http://polaris:8181/api/catalog/v1/oauth/tokens'],
    ['req.oauth', 'oauth2_uri', '', 'http://polaris:8181/api/catalog/v1/oauth/tokens'],
    ['scope.polaris', 'scope', 'catalog', 'PRINCIPAL_ROLE:ALL'],
    ['scope.syntax', 'scope', 'PRINCIPAL_ROLE:"a"', 'PRINCIPAL_ROLE:ALL'],
    ['auth.credential.colon', 'credential', 'onlyasecret', 'olake:secret'],
    ['region.name', 'aws_region', 'eu-west-1a', 'eu-west-1'],
  ],
  'catalog=s3-tables&auth=sigv4': [
    ['wh.arn', WAREHOUSE, 's3://lake', 'arn:aws:s3tables:eu-west-1:123456789012:bucket/lake'],
    ['wh.bucketname', WAREHOUSE, 'arn:aws:s3tables:eu-west-1:123456789012:bucket/aws-lake', 'arn:aws:s3tables:eu-west-1:123456789012:bucket/lake'],
    ['url.path.s3tables', CATALOG, 'https://glue.eu-west-1.amazonaws.com/iceberg', 'https://s3tables.eu-west-1.amazonaws.com/iceberg'],
    ['region.consistency', 'aws_region', 'us-east-1', 'eu-west-1'],
    ['sigv4.incomplete', 'rest_signing_region', '', 'eu-west-1'],
    ['ns.s3tables', 'iceberg_db', 'Sales', 'sales'],
  ],
  'catalog=unity&auth=token': [
    ['url.path.unity', CATALOG, 'https://adb-1.2.azuredatabricks.net/api/2.1/unity-catalog/iceberg', 'https://adb-1.2.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest'],
    ['req.token', 'token', '', 'dapi1'],
    ['unity.token', 'token', 'hello', 'dapi1'],
  ],
  'catalog=unity&auth=oauth2': [['scope.unity', 'scope', 'sql offline_access', 'all-apis']],
};

/** Waits until the page runs in the browser: secrets can be typed then. */
const live = (page: Page) => expect(page.locator('input[type=password]').first()).toBeEnabled();

for (const [query, cases] of Object.entries(forms)) {
  test(`${query}: ${[...new Set(cases.map(([id]) => id))].join(', ')}, shown and cleared`, async ({ page }) => {
    await page.goto(`/destination/form?${query}`);
    await live(page);
    for (const [id, field, bad, good, shown = field] of cases) {
      await test.step(`${id} for “${bad}”`, async () => {
        const input = page.locator(`#${field}`);
        const finding = page.locator(`[id="${shown}-findings"] [data-finding="${id}"]`);
        await input.fill(bad || 'x');
        if (!bad) await input.fill('');
        await input.blur();
        await expect(finding).toBeVisible();
        // At each keystroke: no blur before the finding goes.
        await input.fill(good);
        await expect(finding).toHaveCount(0);
      });
    }
  });
}

const SOUND = '"catalog_type": "rest", "rest_catalog_url": "http://rest:8181", "iceberg_s3_path": "s3://lake", "aws_region": "eu-west-1"';
const UNITY = '"catalog_type": "rest", "rest_catalog_url": "https://adb-1.2.azuredatabricks.net/api/2.1/unity-catalog/iceberg-rest", "iceberg_s3_path": "main", "token": "dapi1"';
const TABLES =
  '"catalog_type": "rest", "rest_catalog_url": "https://s3tables.eu-west-1.amazonaws.com/iceberg", "iceberg_s3_path": "arn:aws:s3tables:eu-west-1:123456789012:bucket/lake", "aws_region": "eu-west-1", "rest_signing_name": "s3tables", "rest_signing_region": "eu-west-1"';
const iceberg = (writer: string) => `{"type": "ICEBERG", "writer": {${writer}}}`;

/** Faults that only a file can have: the wrong text, and the right one. */
const files: [id: string, bad: string, good: string][] = [
  ['type.envelope', `{"type": "iceberg", "writer": {${SOUND}}}`, iceberg(SOUND)],
  ['type.bool', iceberg(`${SOUND}, "arrow_writes": "true"`), iceberg(`${SOUND}, "arrow_writes": true`)],
  ['type.text', iceberg(`${SOUND}, "token": 1`), iceberg(`${SOUND}, "token": "1"`)],
  ['type.int', iceberg(`${SOUND}, "hive_clients": 1.5`), iceberg(`${SOUND}, "hive_clients": 1`)],
  ['type.null', iceberg(`${SOUND}, "token": null`), iceberg(SOUND)],
  ['value.space', iceberg(SOUND.replace('"s3://lake"', '" s3://lake"')), iceberg(SOUND)],
  ['catalog.type', iceberg(SOUND.replace('"rest"', '"Rest"')), iceberg(SOUND)],
  ['target.version', iceberg(SOUND.replace('"rest"', '"nessie"')), iceberg(SOUND)],
  ['key.unknown', iceberg(`${SOUND}, "aws_regoin": "x"`), iceberg(SOUND)],
  ['key.dead', iceberg(`${SOUND}, "rest_credential": "a:b"`), iceberg(`${SOUND}, "credential": "a:b"`)],
  ['key.case', iceberg(`${SOUND}, "S3_Endpoint": "http://minio:9000"`), iceberg(`${SOUND}, "s3_endpoint": "http://minio:9000"`)],
  ['key.duplicate', iceberg(`${SOUND}, "aws_region": "eu-west-1"`), iceberg(SOUND)],
  ['keys.session', iceberg(`${SOUND}, "aws_session_token": "x"`), iceberg(SOUND)],
  ['s3.endpoint.forbidden', iceberg(`${TABLES}, "rest_signing_v_4": true, "s3_endpoint": "http://minio:9000"`), iceberg(`${TABLES}, "rest_signing_v_4": true`)],
  ['s3.ssl', iceberg(`${SOUND}, "s3_use_ssl": true`), iceberg(SOUND)],
  ['s3.pathstyle', iceberg(`${SOUND}, "s3_path_style": false, "s3_endpoint": "http://minio:9000"`), iceberg(SOUND)],
  ['auth.mixed', iceberg(`${UNITY}, "credential": "a:b"`), iceberg(UNITY)],
  ['auth.type.value', iceberg(`${UNITY}, "rest_auth_type": "Personal Access Token (PAT)"`), iceberg(UNITY)],
  ['auth.unsupported', iceberg(`${UNITY.replace(', "token": "dapi1"', '')}, "rest_signing_v_4": true`), iceberg(UNITY)],
  ['unity.identifier', iceberg(UNITY), iceberg(`${UNITY}, "no_identifier_fields": true`)],
  ['upsert.identifier', iceberg(`${SOUND}, "no_identifier_fields": true`), iceberg(SOUND)],
  ['unity.storage', iceberg(`${UNITY}, "aws_region": "eu-west-1"`), iceberg(UNITY)],
  ['unity.appendonly', iceberg(UNITY), iceberg(SOUND)],
];

test('what only a file can have wrong is shown, and cleared where it is mended', async ({ page }) => {
  await page.goto('/destination/import');
  await expect(page.getByLabel('Choose a file')).toBeEnabled();
  const text = page.getByRole('textbox', { name: 'destination.json' });
  for (const [id, bad, good] of files) {
    await test.step(id, async () => {
      await text.fill(bad);
      await expect(page.locator(`[data-finding="${id}"]`).first()).toBeVisible();
      await text.fill(good);
      await expect(page.locator(`[data-finding="${id}"]`)).toHaveCount(0);
    });
  }
});

test('a choice keeps the focus where it is', async ({ page }) => {
  await page.goto('/destination/form?catalog=unity');
  await live(page);
  for (const [name, field] of [['with OAuth2', 'oauth2_uri'], ['by its own name', 'catalog_name']] as const) {
    const radio = page.getByRole('radio', { name });
    await radio.focus();
    await radio.press('Space');
    await expect(page.locator(`#${field}`)).toBeVisible();
    await expect(radio).toBeFocused();
    await expect(radio).toBeChecked();
  }
});

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

test('a keystroke is judged before the next frame', async ({ page }) => {
  await page.goto('/destination/form?catalog=generic');
  await live(page);
  const finding = '[id="rest_catalog_url-findings"] [data-finding="url.v1suffix"]';
  await page.locator('#rest_catalog_url').fill('http://rest:8181/v1');
  await page.locator('#rest_catalog_url').blur();
  await expect(page.locator(finding)).toBeVisible();
  const late = await page.evaluate(async (finding) => {
    const input = document.querySelector<HTMLInputElement>('#rest_catalog_url')!;
    const late: string[] = [];
    for (let stroke = 0; stroke < 20; stroke += 1) {
      const wrong = stroke % 2 === 1;
      input.value = wrong ? 'http://rest:8181/v1' : 'http://rest:8181';
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise(requestAnimationFrame);
      if (!!document.querySelector(finding) !== wrong) late.push(input.value);
    }
    return late;
  }, finding);
  expect(late).toEqual([]);
});

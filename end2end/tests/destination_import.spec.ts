// Files that somebody else wrote, good and bad.
import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/fixtures.ts';

const FAULTS = `{
  "type": "iceberg",
  "writer": {
    "catalog_type": "rest",
    "rest_catalog_url": "http://polaris:8181/api/management",
    "iceberg_s3_path": "s3://bucket",
    "rest_auth_uri": "http://polaris:8181/api/catalog/v1/oauth/tokens",
    "credential": "olake:secret",
    "scope": "PRINCIPAL_ROLE:ALL",
    "aws_region": "eu-central-1",
    "no_identifier_fields": "true",
    "team": "data"
  }
}
`;

const choose = (text: string | Buffer) => ({ name: 'destination.json', mimeType: 'application/json', buffer: Buffer.from(text) });

test('five faults are listed with their places, mended where that needs nobody, and shown as changes', async ({ page }) => {
  await page.goto('/destination/import');
  await page.getByRole('textbox', { name: 'destination.json' }).fill(FAULTS);
  for (const [id, place] of [
    ['type.envelope', 'line 2,'],
    ['url.path.polaris', 'line 5,'],
    ['wh.name-not-uri', 'line 6,'],
    ['key.dead', 'line 7,'],
    ['type.bool', 'line 11,'],
  ] as const) {
    await expect(page.locator(`[data-finding="${id}"]`).first()).toContainText(place);
  }
  await page.getByRole('button', { name: /^Fix \d+ findings and go on$/ }).click();
  await page.getByRole('link', { name: 'Review' }).click();
  const changes = page.getByRole('region', { name: /Changes to the imported file/ });
  await expect(changes).toContainText('-     "rest_auth_uri"');
  await expect(changes).toContainText('+     "oauth2_uri"');
  await expect(changes).toContainText('"team"');
  const arrives = page.waitForEvent('download');
  await page.getByRole('checkbox', { name: 'Include secrets in the file' }).check();
  await page.getByRole('button', { name: 'Download the file' }).click();
  const file = JSON.parse(await readFile(await (await arrives).path(), 'utf8'));
  expect(file.type).toBe('ICEBERG');
  expect(file.writer).toMatchObject({ credential: 'olake:secret', no_identifier_fields: true, team: 'data' });
});

test('a file for a catalog that has no address here is still there after a reload', async ({ page }) => {
  await page.goto('/destination/import');
  await expect(page.getByLabel('Choose a file')).toBeEnabled();
  const glue = '{"type": "ICEBERG", "writer": {"catalog_type": "glue", "iceberg_s3_path": "s3://lake", "aws_region": "eu-west-1"}}';
  await page.getByRole('textbox', { name: 'destination.json' }).fill(glue);
  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Settings');
  await expect(page.getByRole('heading', { name: 'Settings for AWS Glue' })).toBeVisible();
  await page.getByRole('link', { name: 'Next: review' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Review');
  await page.reload();
  await expect(page.getByRole('region', { name: /Changes to the imported file/ })).toContainText('"glue"');
});

test('a slip of the pen is mended on the way into the form', async ({ page }) => {
  await page.goto('/destination/import');
  await expect(page.getByLabel('Choose a file')).toBeEnabled();
  await page.getByRole('textbox', { name: 'destination.json' }).fill('{\n  // mine\n  “type”: "ICEBERG",\n  "writer": {"catalog_type": "rest", "rest_catalog_url": "http://rest:8181",}\n}');
  await expect(page.locator('#file-problem')).toHaveText(/a comment.*and 2 more.*line 2, column 3/);
  await page.getByRole('button', { name: 'Mend it and go on' }).click();
  await expect(page.locator('#rest_catalog_url')).toHaveValue('http://rest:8181');
});

test('the local stack fills the form, its keys too, and the catalog can be changed there', async ({ page }) => {
  await page.goto('/destination/form?catalog=nessie');
  await expect(page.locator('input[type=password]').first()).toBeEnabled();
  await page.getByRole('link', { name: "Use the local stack's values" }).click();
  await expect(page.locator('#rest_catalog_url')).toHaveValue('http://nessie:19120/iceberg/');
  await expect(page.locator('#aws_secret_key')).toHaveValue('minio123');
  await page.getByRole('radio', { name: 'Lakekeeper' }).click();
  await expect(page.locator('#rest_catalog_url')).toHaveValue('http://nessie:19120/iceberg/');
  await expect(page).toHaveURL(/catalog=lakekeeper/);
});

const broken: [name: string, file: string | Buffer, message: RegExp][] = [
  ['no JSON', '{\n  "type": "oops\n}', /not valid JSON.*line 2, column/],
  ['a list', '[1]', /holds a list.*line 1, column 1/],
  ['an encrypted file', '"c2VjcmV0"', /encrypted/],
  ['no UTF-8', Buffer.from([0x7b, 0x0a, 0x22, 0xff, 0xfe]), /not UTF-8.*line 2, column 2/],
  ['ten thousand keys', JSON.stringify({ type: 'ICEBERG', writer: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i])) }), /10000 keys/],
  ['Parquet', '{"type": "PARQUET", "writer": {}}', /PARQUET/],
  ['more than 10 MB', Buffer.alloc(11 * 1024 * 1024, 0x20), /more than 10 MB/],
];

for (const [name, file, message] of broken) {
  test(`${name}: says what and where, and the text stays`, async ({ page }) => {
    await page.goto('/destination/import');
    await expect(page.getByLabel('Choose a file')).toBeEnabled();
    const kept = '{"type": "ICEBERG"';
    await page.getByRole('textbox', { name: 'destination.json' }).fill(kept);
    await page.getByLabel('Choose a file').setInputFiles(choose(file));
    await expect(page.locator('#file-problem')).toHaveText(message);
    await expect(page.getByRole('textbox', { name: 'destination.json' })).not.toHaveValue('');
    await expect(page.getByRole('button', { name: /go on/i }).first()).toBeDisabled();
  });
}

// Catalogs: made for a storage, edited field by field, deleted when empty.
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('fields follow the choice, and what was typed for another stays', async ({ page }) => {
  await page.goto(polarisPath('catalog-new'));
  await page.getByRole('textbox', { name: /^Role ARN/ }).fill('arn:aws:iam::123456789012:role/x');
  await page.getByRole('combobox', { name: 'Storage', exact: true }).selectOption('AZURE');
  await expect(page.getByLabel('Tenant id')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Role ARN/ })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Storage', exact: true }).selectOption('S3');
  await expect(page.getByRole('textbox', { name: /^Role ARN/ })).toHaveValue('arn:aws:iam::123456789012:role/x');
  await expect(page.getByLabel('Client secret')).toBeHidden();
  await page.getByRole('combobox', { name: 'Type', exact: true }).selectOption('EXTERNAL');
  await page.getByRole('combobox', { name: 'Connection', exact: true }).selectOption('ICEBERG_REST');
  await expect(page.getByLabel(/^Catalog there/)).toBeVisible();
  await expect(page.getByLabel(/^Warehouse/)).toBeHidden();
  await page.getByRole('combobox', { name: 'Sign-in' }).selectOption('OAUTH');
  await expect(page.getByLabel('Client secret')).toBeVisible();
  await accessible(page);
});

const CHOICES: [string, string, RegExp[]][] = [
  ['Storage', 'S3', [/^Role ARN/, /^STS endpoint/]],
  ['Storage', 'AZURE', [/^Tenant id/]],
  ['Storage', 'GCS', [/^Service account/]],
  ['Storage', 'FILE', []],
  ['Connection', 'ICEBERG_REST', [/^Catalog there/]],
  ['Connection', 'HADOOP', [/^Warehouse/]],
  ['Connection', 'HIVE', [/^Warehouse/]],
  ['Connection', 'BIGQUERY', [/^Warehouse/]],
  ['Sign-in', 'OAUTH', [/^Client secret/, /^Scopes/]],
  ['Sign-in', 'BEARER', [/^Token(?! address)/]],
  ['Sign-in', 'SIGV4', [/^Signing region/]],
];

test('each choice shows its own fields, and none of another', async ({ page }) => {
  await page.goto(polarisPath('catalog-new'));
  await page.getByRole('combobox', { name: 'Type', exact: true }).selectOption('EXTERNAL');
  for (const [choice, value, fields] of CHOICES) {
    await page.getByRole('combobox', { name: choice, exact: true }).selectOption(value);
    const of = CHOICES.filter(([other]) => other === choice).flatMap(([, , names]) => names);
    const group = choice === 'Storage' ? 'Where its files lie' : 'The catalog behind it';
    const scope = page.getByRole('group', { name: group });
    for (const field of of) {
      const shown = fields.some((own) => own.source === field.source);
      const input = scope.getByLabel(field).first();
      await (shown ? expect(input).toBeVisible() : expect(input).toBeHidden());
    }
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a catalog from nothing to nothing', async ({ page }) => {
    const name = fresh('archive');
    await page.goto(polarisPath('catalog-new'));
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('combobox', { name: 'Storage', exact: true }).selectOption('GCS');
    await page.getByLabel(/^Default base location/).fill(`gs://${name}/`);
    await page.getByLabel('Service account').fill('lake@project.iam.gserviceaccount.com');
    await page.getByRole('button', { name: 'Create catalog' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(page.getByRole('table', { name: 'Settings' })).toContainText('lake@project');
    await page.getByRole('link', { name: 'Edit storage and properties' }).click();
    await page.getByLabel('Allowed locations').fill(`gs://${name}/\ngs://${name}-more/`);
    await page.getByRole('button', { name: 'Save catalog' }).click();
    await expect(page.getByRole('table', { name: 'Settings' })).toContainText(`gs://${name}-more/`);
    await page.getByText('Delete this catalog…').click();
    await page.getByLabel(/to confirm$/).fill(name);
    await page.getByRole('button', { name: 'Delete the catalog' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Catalogs');
  });
});

test('a catalog that is not empty stays, with the reason', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto(polarisPath('catalog', ['w', 'lakehouse']));
  await page.getByText('Delete this catalog…').click();
  await page.getByLabel(/to confirm$/).fill('lakehouse');
  await page.getByRole('button', { name: 'Delete the catalog' }).click();
  await expect(page.getByRole('alert')).toContainText('A catalog goes when it is empty');
});

// The graph of access: a picture and the same as a table.
import { accessPath } from '../support/access.ts';
import { expect, test } from '../support/fixtures.ts';

test('a node leads to the graph around it, by mouse and by keyboard', async ({ page }) => {
  await page.goto(accessPath('graph'));
  const picture = page.getByRole('region', { name: 'Picture' });
  await picture.getByRole('link', { name: 'principal dbt_runner' }).click();
  await expect(page).toHaveURL(/name=dbt_runner/);
  await expect(picture.getByRole('link', { name: 'principal trino_bi' })).toHaveCount(0);
  await picture.getByRole('link', { name: 'principal role analysts' }).focus();
  await page.keyboard.press('Enter');
  await expect(picture.getByRole('link', { name: 'principal trino_bi' })).toBeVisible();
});

test('the table says the same', async ({ page }) => {
  await page.goto(accessPath('graph', 'on=principal&name=dbt_runner'));
  const table = page.getByRole('table', { name: 'Connections' });
  await expect(table.getByRole('row', { name: /principal dbt_runner principal role analysts/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /TABLE_READ_DATA/ }).first()).toBeVisible();
});

test('the filter narrows while typing', async ({ page }) => {
  await page.goto(accessPath('graph'));
  await page.getByLabel('Filter by name').fill('audit_bot');
  const picture = page.getByRole('region', { name: 'Picture' });
  await expect(picture.getByRole('link', { name: 'principal trino_bi' })).toHaveCount(0);
  await expect(picture.getByRole('link', { name: 'catalog role lakehouse › settings_reader' })).toBeVisible();
});

// Tables are created from lines, like another one, and registered, by clicks: shown first, and made once that is
// confirmed. With scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath, tablePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

const sandbox = { namespace: ['sandbox'] };
const columns = ['id bigint not null identifier', 'at timestamptz', "city string comment 'or town'"].join('\n');
const created = (page: Page) => expect(page.getByText('Created.', { exact: true })).toBeVisible();

type Look = (page: Page) => Promise<void>;

/** Creates a table, and another one like it. */
async function wholeWay(page: Page, connection: string, look: Look) {
  const [name, other] = [fresh('made'), fresh('like')];
  await page.goto(namespacePath(connection, sandbox));
  await follow(page, 'New table');
  await expect(heading(page)).toHaveText('New table');
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel(/^Columns/).fill(columns);
  await page.getByLabel(/^Partition fields/).fill('day(at)\nbucket(16, id) as b');
  await page.getByLabel(/^Sort order/).fill('at desc');
  await page.getByLabel('Key 1').fill('owner');
  await page.getByLabel('Value 1').fill('ana');
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`There will be a table sandbox.${name} with 3 columns, of format version 2.`);
  await expect(main(page)).toContainText('Each day of at, in UTC, has a partition of its own.');
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('"stage-create": false');
  await look(page);
  await press(page, 'Create table');
  await expect(heading(page)).toHaveText(name);
  await created(page);

  await follow(page, 'Create one like it');
  await expect(page.getByLabel(/^Columns/)).toHaveValue(/^id long not null identifier\nat timestamptz\n/);
  await expect(page.getByLabel(/^Partition fields/)).toHaveValue(/bucket\(16, id\) as b/);
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(other);
  await press(page, 'Preview');
  await press(page, 'Create table');
  await expect(heading(page)).toHaveText(other);
  await created(page);

  await page.goto(tablePath(connection, sandbox, other, 'schema'));
  await expect(main(page).getByRole('row', { name: /city/ })).toContainText('or town');
}

for (const connection of ['sample-generic', 'sample-s3-tables']) {
  test(`a table of ${connection} is created, and another one like it`, async ({ page }) => {
    await wholeWay(page, connection, accessible);
  });
}

test('a line that is wrong is told at its field, and nothing typed is lost', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto(namespacePath('sample-generic', sandbox));
  await follow(page, 'New table');
  await page.getByLabel('Name', { exact: true }).fill('wrong');
  await page.getByLabel(/^Columns/).fill('id long\nat datum');
  await page.getByLabel(/^Sort order/).fill('id');
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('Line 2: “datum” is no type');
  const typed = page.getByRole('textbox', { name: /^Columns/ });
  await expect(typed).toHaveAttribute('aria-invalid', 'true');
  await expect(typed).toHaveValue('id long\nat datum');
  await expect(page.getByLabel(/^Sort order/)).toHaveValue('id');
  await accessible(page);
  await typed.fill('id long\nat date');
  await press(page, 'Preview');
  await expect(main(page)).toContainText('There will be a table sandbox.wrong');
});

test('a table that was dropped is registered again', async ({ page }) => {
  const [name, back] = [fresh('made'), fresh('back')];
  await page.goto(namespacePath('sample-lakekeeper', sandbox));
  await follow(page, 'New table');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel(/^Columns/).fill(columns);
  await press(page, 'Preview');
  await press(page, 'Create table');
  await created(page);
  await page.getByText('Identity', { exact: true }).click();
  const file = (await main(page).innerText()).match(/[a-z0-9]+:\/\/\S+?\.metadata\.json/)![0];
  await follow(page, 'Drop…');
  await page.getByRole('radio', { name: /^Leave them/ }).check();
  await press(page, 'Preview');
  await page.getByLabel(/to confirm$/).fill(name);
  await press(page, 'Drop the table');
  await expect(page.getByText(`Dropped: sandbox.${name}`, { exact: true })).toBeVisible();

  await follow(page, 'Register a table');
  await expect(heading(page)).toHaveText('Register a table');
  await accessible(page);
  await page.getByLabel('Name', { exact: true }).fill(back);
  await page.getByLabel(/^Metadata file/).fill(file);
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`There will be a table sandbox.${back} as ${file} tells it.`);
  await accessible(page);
  await press(page, 'Register table');
  await expect(heading(page)).toHaveText(back);
  await created(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the form and what it comes to are not wider than the screen', async ({ page }) => {
    await page.goto(namespacePath('sample-generic', sandbox));
    await follow(page, 'New table');
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.getByText('How columns are written').click();
    expect(await wide()).toBeLessThanOrEqual(0);
    await page.getByLabel('Name', { exact: true }).fill('long_'.repeat(40));
    await page.getByLabel(/^Columns/).fill(`${'c_'.repeat(100)} int`);
    await page.getByLabel(/^Partition fields/).fill('c_'.repeat(100));
    await press(page, 'Preview');
    await page.getByText('The exact request').first().click();
    expect(await wide()).toBeLessThanOrEqual(0);
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a table is created, and another one like it', async ({ page }) => {
    await wholeWay(page, 'sample-nessie', async () => undefined);
  });
});

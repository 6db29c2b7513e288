// Tables and views are renamed, moved and dropped by clicks: shown first, and made once that is confirmed. With scripts
// and without.
import type { Page } from '@playwright/test';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connectionPath, tablePath, viewPath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

const main = (page: Page) => page.getByRole('main');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const press = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string) => main(page).getByRole('link', { name, exact: true }).click();
const sandbox = { namespace: ['sandbox'] };

const schema = { type: 'struct', 'schema-id': 0, fields: [{ id: 1, name: 'id', required: true, type: 'long' }] };
const version = {
  'version-id': 1,
  'schema-id': 0,
  'timestamp-ms': 1_790_000_000_000,
  summary: {},
  'default-namespace': ['sandbox'],
  representations: [{ type: 'sql', sql: 'SELECT 1', dialect: 'spark' }],
};

/** Makes a table or a view in `sandbox`, at the catalog itself. */
async function make(page: Page, connection: string, prefix: string, kind: 'tables' | 'views', name: string) {
  await page.goto(connectionPath(connection));
  const told = await main(page).textContent();
  const [address] = /http:\/\/127\.0\.0\.1:\d+(\/[a-z/-]*[a-z])?/.exec(told ?? '')!;
  const body = kind === 'tables' ? { name, schema } : { name, schema, 'view-version': version, properties: {} };
  const made = await fetch(`${address}/v1/${prefix}namespaces/sandbox/${kind}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(made.status, await made.text()).toBe(200);
}

type Look = (page: Page) => Promise<void>;

/** Renames, moves and drops what is open, and comes to be in `marketing`. */
async function wholeWay(page: Page, noun: 'table' | 'view', name: string, look: Look) {
  const main_ = main(page);
  await follow(page, 'Rename or move');
  await expect(heading(page)).toHaveText(`Rename ${name}`);
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(`${name}_b`);
  await press(page, 'Preview');
  await expect(main_).toContainText(`The ${noun} sandbox.${name} will be sandbox.${name}_b.`);
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText(`"name": "${name}_b"`);
  await look(page);
  await press(page, 'Rename or move');
  await expect(heading(page)).toHaveText(`${name}_b`);
  await expect(page.getByText('Renamed.', { exact: true })).toBeVisible();

  await follow(page, 'Rename or move');
  await page.getByLabel(/^Namespace, one level a line/).fill('marketing');
  await press(page, 'Preview');
  await expect(main_).toContainText(`will be marketing.${name}_b.`);
  await press(page, 'Rename or move');
  await expect(page.getByText('Renamed.', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/ns=marketing/);

  await follow(page, 'Drop…');
  await expect(heading(page)).toHaveText(`Drop ${name}_b`);
  await look(page);
  if (noun === 'table') {
    await expect(main_).toContainText(/files (stay|: all of them stay)|deletes files/);
    await press(page, 'Preview');
  }
  await expect(main_).toContainText(`The ${noun} marketing.${name}_b goes.`);
  await look(page);
  await page.getByLabel(/to confirm$/).fill(`${name}_b`);
  await press(page, `Drop the ${noun}`);
  await expect(page.getByText(`Dropped: marketing.${name}_b`, { exact: true })).toBeVisible();
  await expect(heading(page)).toHaveText('marketing');
  await expect(main_.getByRole('link', { name: `${name}_b`, exact: true })).toHaveCount(0);
}

async function both(page: Page, connection: string, prefix: string, look: Look) {
  const [table, view] = [fresh('moved'), fresh('seen')];
  await make(page, connection, prefix, 'tables', table);
  await page.goto(tablePath(connection, sandbox, table));
  await wholeWay(page, 'table', table, look);
  await make(page, connection, prefix, 'views', view);
  await page.goto(viewPath(connection, sandbox, view));
  await wholeWay(page, 'view', view, look);
}

test('a table and a view are renamed, moved and dropped', async ({ page }) => {
  await both(page, 'sample-generic', '', accessible);
});

test('what becomes of the files is chosen, and stays chosen until it is confirmed', async ({ page }) => {
  const name = fresh('purged');
  await make(page, 'sample-generic', '', 'tables', name);
  await page.goto(tablePath('sample-generic', sandbox, name));
  await follow(page, 'Drop…');
  await expect(page.getByRole('radio', { name: /^Leave them/ })).toBeChecked();
  await page.getByRole('radio', { name: /^Delete them/ }).check();
  await press(page, 'Preview');
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('purgeRequested=true');
  await page.getByText('Change what was typed').click();
  await expect(page.getByRole('radio', { name: /^Delete them/ })).toBeChecked();
  await accessible(page);
  await page.getByLabel(/to confirm$/).fill(name);
  await press(page, 'Drop the table');
  await expect(page.getByText(`Dropped: sandbox.${name}`, { exact: true })).toBeVisible();
});

test('a namespace that is not there is told at its field, and nothing typed is lost', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto(tablePath('sample-generic', { namespace: ['sales'] }, 'orders'));
  await follow(page, 'Rename or move');
  await page.getByLabel('Name', { exact: true }).fill('other');
  await page.getByLabel(/^Namespace, one level a line/).fill('nowhere');
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('no namespace nowhere');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('other');
  await expect(page.getByLabel(/^Namespace, one level a line/)).toHaveValue('nowhere');
  await accessible(page);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('nothing of it is wider than the screen', async ({ page }) => {
    const query = '?ns=sales&t=orders';
    for (const path of [`t/overview${query}`, `table-rename${query}`, `table-drop${query}`]) {
      await page.goto(`${connectionPath('sample-generic')}/${path}`);
      await expect(heading(page)).toBeVisible();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
    }
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a table and a view are renamed, moved and dropped', async ({ page }) => {
    await both(page, 'sample-nessie', 'main/', async () => undefined);
  });
});

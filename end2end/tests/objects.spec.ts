// Tables and views are renamed, moved and dropped by clicks: shown first, and made once that is confirmed. With scripts
// and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connectionPath, namespacePath, tablePath, viewPath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

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
  const told = main(page).getByRole('definition').filter({ hasText: /^http:/ }).first();
  const address = await told.locator('span').first().textContent();
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
  const [shown, other] = [main(page), fresh('named')];
  await follow(page, 'Rename or move');
  await expect(heading(page)).toHaveText(`Rename ${name}`);
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(other);
  await press(page, 'Preview');
  await expect(shown).toContainText(`The ${noun} sandbox.${name} will be sandbox.${other}.`);
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText(`"name": "${other}"`);
  await look(page);
  await press(page, 'Rename or move');
  await expect(heading(page)).toHaveText(other);
  await expect(page.getByText('Renamed.', { exact: true })).toBeVisible();

  await follow(page, 'Rename or move');
  await page.getByLabel(/^Namespace, one level a line/).fill('marketing');
  await press(page, 'Preview');
  await expect(shown).toContainText(`will be marketing.${other}.`);
  await press(page, 'Rename or move');
  await expect(page.getByText('Renamed.', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/ns=marketing/);

  await follow(page, 'Drop…');
  await expect(heading(page)).toHaveText(`Drop ${other}`);
  await look(page);
  if (noun === 'table') {
    await expect(shown).toContainText(/files stay|never deletes files/);
    await press(page, 'Preview');
  }
  await expect(shown).toContainText(`The ${noun} marketing.${other} goes.`);
  await look(page);
  await page.getByLabel(/to confirm$/).fill(other);
  await press(page, `Drop the ${noun}`);
  await expect(page.getByText(`Dropped: marketing.${other}`, { exact: true })).toBeVisible();
  await expect(heading(page)).toHaveText('marketing');
  await expect(shown.getByRole('link', { name: other, exact: true })).toHaveCount(0);
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

test('of what is not there only its record is offered', async ({ page, problems }) => {
  problems.expect(/status of 404/);
  for (const path of [
    tablePath('sample-generic', sandbox, 'gone'),
    viewPath('sample-generic', sandbox, 'gone'),
    namespacePath('sample-generic', { namespace: ['gone'] }),
  ]) {
    await page.goto(path);
    await expect(main(page).getByRole('alert')).toContainText('Not found');
    await expect(main(page).getByRole('link', { name: 'Record', exact: true })).toBeVisible();
    await expect(main(page).getByRole('link', { name: /^(Drop|Rename|New|Create|Edit)/ })).toHaveCount(0);
  }
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('what a change comes to is not wider than the screen', async ({ page }) => {
    for (const change of ['Rename or move', 'Drop…']) {
      await page.goto(tablePath('sample-generic', { namespace: ['sales'] }, 'orders'));
      await follow(page, change);
      const name = page.getByLabel('Name', { exact: true });
      if (await name.count()) await name.fill('long_'.repeat(40));
      await press(page, 'Preview');
      await page.getByText('The exact request').first().click();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, change).toBeLessThanOrEqual(0);
    }
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a table and a view are renamed, moved and dropped', async ({ page }) => {
    await both(page, 'sample-nessie', 'main/', async () => undefined);
  });
});

// Changes of what a catalog holds, by clicks: shown first, and made once that is confirmed. With scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { namespacePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

/** Makes a namespace in `sales`, edits its properties and drops it. */
async function wholeWay(page: Page, connection: string, name: string, look: (page: Page) => Promise<void>) {
  const inside = namespacePath(connection, { namespace: ['sales'] });
  await page.goto(inside);
  await follow(page, 'New namespace');
  await expect(heading(page)).toHaveText('New namespace');
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Key 1').fill('owner');
  await page.getByLabel('Value 1').fill('ana');
  await press(page, 'Preview');
  await expect(page.getByRole('main')).toContainText(`“${name}” in the namespace sales`);
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('"owner": "ana"');
  await look(page);
  await press(page, 'Create namespace');
  await expect(heading(page)).toHaveText(name);
  await expect(page.getByText('Created.', { exact: true })).toBeVisible();

  await follow(page, 'Edit properties');
  await look(page);
  await page.getByLabel(/^Value \d/).first().fill('bob');
  await press(page, 'Preview');
  await expect(page.getByRole('table', { name: 'Properties' })).toContainText('bob');
  await look(page);
  await press(page, 'Save properties');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Properties of the namespace' })).toContainText('bob');

  await follow(page, 'Drop…');
  await expect(page.getByRole('main')).toContainText('it holds nothing');
  await look(page);
  await page.getByLabel(/to confirm$/).fill(name);
  await press(page, 'Drop the namespace');
  await expect(page.getByText('Dropped.', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toHaveCount(0);
  await expect(page.getByRole('tree').getByText(name, { exact: true })).toHaveCount(0);
}

/** Makes a namespace and one in it, and drops both at once. */
async function whole(page: Page, name: string, look: (page: Page) => Promise<void>) {
  const connection = 'sample-lakekeeper';
  for (const [namespace, made] of [[[], name], [[name], 'inside']] as const) {
    await page.goto(namespacePath(connection, { namespace: [...namespace] }));
    await follow(page, 'New namespace');
    await page.getByLabel('Name', { exact: true }).fill(made);
    await press(page, 'Preview');
    await press(page, 'Create namespace');
    await expect(heading(page)).toHaveText(made);
  }
  await page.goto(namespacePath(connection, { namespace: [name] }));
  await follow(page, 'Drop…');
  await expect(page.getByRole('main')).toContainText('or choose to drop all of it');
  await page.getByText(/^Drop it with what it holds/).click();
  await look(page);
  const all = page.getByRole('checkbox', { name: /^Drop all that it holds/ });
  await all.check();
  await press(page, 'Preview');
  await expect(page.getByRole('main')).toContainText('keeps what is dropped for a while');
  await expect(all).toBeChecked();
  await page.getByRole('checkbox', { name: /^Drop what is protected/ }).check();
  await press(page, 'Preview');
  await expect(page.getByRole('main')).toContainText('on all levels 1 namespace');
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('?recursive=true&force=true&purge=false');
  await look(page);
  await page.getByLabel(/to confirm$/).fill(`${name} and all in it`);
  await press(page, 'Drop the namespace');
  await expect(page.getByText('Dropped.', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toHaveCount(0);
}

test('a namespace is dropped with what it holds, where that is chosen', async ({ page }) => {
  await whole(page, fresh('whole'), accessible);
});

for (const connection of ['sample-generic', 'sample-polaris']) {
  test(`a namespace of ${connection} is made, edited and dropped`, async ({ page }) => {
    await wholeWay(page, connection, fresh('made'), accessible);
  });
}

test('a name that the catalog refuses is told at its field, and nothing typed is lost', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto('/c/sample-lakekeeper');
  await follow(page, 'New namespace');
  await page.getByLabel('Name', { exact: true }).fill('a.b');
  await page.getByLabel('Key 1').fill('owner');
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('no dot');
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Key 1')).toHaveValue('owner');
  await accessible(page);
});

test('what another one changed meanwhile stands beside what was typed', async ({ page, problems }) => {
  problems.expect(/status of 409/);
  const name = fresh('moved');
  await page.goto('/c/sample-generic/namespace-new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Key 1').fill('team');
  await page.getByLabel('Value 1').fill('a');
  await press(page, 'Preview');
  await press(page, 'Create namespace');
  await follow(page, 'Edit properties');
  await expect(page.getByLabel('Value 1')).toHaveValue('a');
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const [tab, value] of [[other, 'theirs'], [page, 'mine']] as const) {
    await tab.getByLabel('Value 1').fill(value);
    await press(tab, 'Preview');
  }
  await press(other, 'Save properties');
  await expect(other.getByText('Saved.', { exact: true })).toBeVisible();
  await press(page, 'Save properties');
  await expect(page.getByRole('alert')).toContainText('Nothing was sent');
  await expect(page.getByRole('row', { name: 'team a theirs mine' })).toBeVisible();
  await accessible(page);
  await press(page, 'Save properties');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a namespace is made, edited and dropped', async ({ page }) => {
    await wholeWay(page, 'sample-nessie', fresh('plain'), async () => undefined);
  });

  test('a namespace is dropped with what it holds, where that is chosen', async ({ page }) => {
    await whole(page, fresh('plain_whole'), async () => undefined);
  });
});

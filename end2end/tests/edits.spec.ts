// Properties, branches and tags of a table are changed by clicks: shown first, and made once that is confirmed. With
// scripts and without.
import type { Page } from '@playwright/test';
import { follow, heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { tablePath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

const returns = (tab: string) => tablePath('sample-generic', { namespace: ['sales'] }, 'returns', tab);
type Look = (page: Page) => Promise<void>;

/** Sets a property of `sales.returns` and takes it away again. */
async function properties(page: Page, key: string, look: Look) {
  await page.goto(returns('properties'));
  await follow(page, 'Edit properties');
  await expect(heading(page)).toHaveText('Edit properties of returns');
  await look(page);
  const keys = page.getByLabel(/^Key \d/);
  const at = (await keys.count()) - 1;
  await keys.nth(at).fill(key);
  await page.getByLabel(/^Value \d/).nth(at).fill('gold');
  await press(page, 'Preview');
  await expect(page.getByRole('row', { name: `${key} — gold` })).toBeVisible();
  await page.getByText('The exact request').first().click();
  await expect(page.locator('pre')).toContainText('assert-table-uuid');
  await look(page);
  await press(page, 'Save properties');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${key}.*gold`) })).toBeVisible();

  await follow(page, 'Edit properties');
  let own = -1;
  // The form comes once the properties are read.
  await expect(async () => {
    const values = await keys.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    own = values.indexOf(key);
    expect(own).toBeGreaterThanOrEqual(0);
  }).toPass();
  await keys.nth(own).fill('');
  await page.getByLabel(/^Value \d/).nth(own).fill('');
  await press(page, 'Preview');
  await expect(main(page)).toContainText('1 property will be removed.');
  await press(page, 'Save properties');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(`^${key}`) })).toHaveCount(0);
}

/** Makes a tag of `sales.returns`, keeps it for longer, and deletes it. */
async function tag(page: Page, look: Look) {
  const name = fresh('tag');
  await page.goto(returns('refs'));
  await follow(page, 'New branch or tag');
  await expect(heading(page)).toHaveText('New branch or tag of returns');
  await look(page);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel(/^Type/).selectOption('tag');
  await page.getByLabel(/^Keep it for/).fill('30 d');
  await press(page, 'Preview');
  await expect(main(page)).toContainText(`There will be a tag “${name}” at snapshot`);
  await look(page);
  await press(page, 'Create it');
  await expect(page.getByText('Created.', { exact: true })).toBeVisible();
  const row = page.getByRole('row', { name: new RegExp(`^${name}`) });
  await expect(row).toContainText('30 d');

  await row.getByRole('link', { name: `Change ${name}` }).click();
  await expect(page.getByLabel(/^Keep it for/)).toHaveValue('30 d');
  await page.getByLabel(/^Keep it for/).fill('soon');
  await press(page, 'Preview');
  await expect(page.getByRole('alert')).toContainText('such as 7 d');
  await expect(page.getByLabel(/^Keep it for/)).toHaveValue('soon');
  await page.getByLabel(/^Keep it for/).fill('2 w');
  await press(page, 'Preview');
  await expect(main(page)).toContainText('it goes itself 14 d after its snapshot');
  await look(page);
  await press(page, 'Change it');
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(row).toContainText('14 d');

  await row.getByRole('link', { name: `Delete ${name}` }).click();
  await press(page, 'Preview');
  await expect(main(page)).toContainText('none is lost');
  await look(page);
  await page.getByLabel(/to confirm$/).fill(name);
  await press(page, 'Delete it');
  await expect(page.getByText('Deleted.', { exact: true })).toBeVisible();
  await expect(row).toHaveCount(0);
}

const none: Look = async () => undefined;

test('properties of a table are set and removed', async ({ page }) => properties(page, 'team', accessible));
test('a tag is made, kept for longer and deleted', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await tag(page, accessible);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('properties of a table are set and removed', async ({ page }) => properties(page, 'tier', none));
  test('a tag is made, kept for longer and deleted', async ({ page, problems }) => {
    problems.expect(/status of 400/);
    await tag(page, none);
  });
});

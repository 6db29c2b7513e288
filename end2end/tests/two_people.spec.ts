// Two people change one table, each in a browser of their own: what the second one sees. With scripts and without.
import type { Browser, Page } from '@playwright/test';
import { heading, main, press } from '../support/act.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { connectionPath } from '../support/place.ts';
import { fresh } from '../support/polaris.ts';

/** A table that no other test changes so, and a column of it. */
interface Target {
  table: string;
  column: string;
  scripts: boolean;
}

const at = (change: string, { table }: Target) => `${connectionPath('sample-generic')}/${change}?ns=logistics&t=${table}`;
const lines = (page: Page) => page.getByLabel(/^Columns, one a line/);
const saved = (page: Page) => expect(page.getByText('Saved.', { exact: true })).toBeVisible();
const renamed = (from: string, to: string) => (before: string) =>
  before.replace(new RegExp(`^(\\d+): ${from} `, 'm'), `$1: ${to} `);

/** Somebody else, who is gone afterwards. */
async function withAnother(browser: Browser, { scripts }: Target, act: (other: Page) => Promise<void>) {
  const context = await browser.newContext({ baseURL: process.env.CROWSNEST_URL, javaScriptEnabled: scripts });
  await act(await context.newPage());
  await context.close();
}

async function open(page: Page, change: string, target: Target) {
  await page.goto(at(change, target));
  // Before that, what is typed may be typed into what is replaced.
  if (target.scripts) await expect(page.locator('[data-later]')).toHaveCount(0);
}

/** Opens the form of the schema, changes its lines, and looks at what that comes to. */
async function schema(page: Page, target: Target, change: (before: string) => string) {
  await open(page, 'schema-edit', target);
  await expect(heading(page)).toHaveText(`Edit the schema of ${target.table}`);
  await expect(lines(page)).toHaveValue(/^1: /);
  const before = await lines(page).inputValue();
  await lines(page).fill(change(before));
  await press(page, 'Preview');
  return before;
}

async function property(page: Page, target: Target, key: string) {
  await open(page, 'table-edit', target);
  const keys = page.getByLabel(/^Key \d/);
  await expect(keys.last()).toBeVisible();
  const last = (await keys.count()) - 1;
  await keys.nth(last).fill(key);
  await page.getByLabel(/^Value \d/).nth(last).fill('theirs');
  await press(page, 'Preview');
  await press(page, 'Save properties');
  await saved(page);
}

/** One adds a column, the other sets a property: both are made. */
async function apart(page: Page, browser: Browser, target: Target) {
  const [column, key] = [fresh('column'), fresh('key')];
  // The first commit has the catalog write the whole metadata in its own way.
  await property(page, target, fresh('first'));
  await schema(page, target, (before) => `${before}${column} string\n`);
  await withAnother(browser, target, (other) => property(other, target, key));
  await press(page, 'Save the schema');
  await saved(page);
  await expect(page.getByRole('row', { name: new RegExp(column) })).toBeVisible();
  await open(page, 't/properties', target);
  await expect(page.getByRole('row', { name: new RegExp(key) })).toBeVisible();
}

/** Both rename one column: the second sees what the first made of it, with what was typed, and confirms it again. */
async function together(page: Page, browser: Browser, target: Target) {
  const [mine, theirs] = [fresh('mine'), fresh('theirs')];
  const before = await schema(page, target, renamed(target.column, mine));
  await withAnother(browser, target, async (other) => {
    await schema(other, target, renamed(target.column, theirs));
    await press(other, 'Save the schema');
    await saved(other);
  });
  await press(page, 'Save the schema');
  await expect(page.getByRole('alert')).toContainText('Nothing was sent this time.');
  await expect(main(page)).toContainText('Somebody else changed the schema meanwhile');
  await expect(main(page)).toContainText(`The column “${theirs}” will be called “${mine}”.`);
  await page.getByText('Change what was typed').click();
  await expect(lines(page)).toHaveValue(renamed(target.column, mine)(before));
  if (target.scripts) await accessible(page);
  await press(page, 'Save the schema');
  await saved(page);
  await expect(page.getByRole('row', { name: new RegExp(mine) })).toBeVisible();
  await expect(page.getByRole('row', { name: new RegExp(theirs) })).toHaveCount(0);

  // As it was, for whoever comes next.
  await schema(page, target, renamed(mine, target.column));
  await press(page, 'Save the schema');
  await saved(page);
}

for (const target of [
  { table: 'carriers', column: 'name', scripts: true },
  { table: 'warehouse_stock', column: 'site', scripts: false },
]) {
  test.describe(target.scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: target.scripts });
    test.describe.configure({ mode: 'serial' });
    test('who changes another thing takes nothing back', async ({ page, browser }) => apart(page, browser, target));
    test('who changes the same thing sees what the first one did', async ({ page, browser, problems }) => {
      problems.expect(/status of 409/);
      await together(page, browser, target);
    });
  });
}

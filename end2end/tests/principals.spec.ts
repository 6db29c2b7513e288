// Principals: made, given roles, changed and deleted; their secret is shown once.
import { readFile } from 'node:fs/promises';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('a new principal: its secret is shown once and has to be acknowledged', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = fresh('svc');
  await page.goto(polarisPath('principals'));
  await page.getByRole('link', { name: 'New principal' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Key 1').fill('purpose');
  await page.getByLabel('Value 1').fill('browser test');
  await page.getByRole('button', { name: 'Create principal' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New credentials');
  await accessible(page);
  await page.getByRole('button', { name: 'Copy client secret' }).click();
  await expect(page.getByText('Copied', { exact: true })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download both as JSON' }).click();
  expect((await download).suggestedFilename()).toBe('credentials.json');
  const { clientSecret } = JSON.parse(await readFile(await (await download).path(), 'utf8'));
  expect(clientSecret.length).toBeGreaterThan(10);

  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('New credentials');
  await page.getByLabel('I have copied or downloaded the secret').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(page.getByRole('main')).toContainText('browser test');
  expect(await page.content()).not.toContain(clientSecret);
});

test('a role is assigned and removed, and the page follows', async ({ page }) => {
  await page.goto(polarisPath('principal', ['name', 'legacy_loader']));
  await page.getByLabel('Assign a principal role').selectOption('auditors');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  const role = page.getByRole('main').getByRole('link', { name: 'auditors', exact: true });
  await expect(role).toBeVisible();
  await page.getByText('Remove from auditors…').click();
  await page.getByRole('button', { name: 'Remove the role' }).click();
  await expect(role).toHaveCount(0);
});

test('a change of somebody else is shown beside what was typed', async ({ page, context, problems }) => {
  problems.expect(/status of 409/);
  const address = polarisPath('principal', ['name', 'flink_iot']);
  await page.goto(address);
  const other = await context.newPage();
  for (const [at, value] of [[other, 'theirs'], [page, 'mine']] as const) {
    if (at === other) await at.goto(address);
    await at.getByText('Edit properties').click();
    await at.getByLabel('Key 1').fill('purpose');
    await at.getByLabel('Value 1').fill(value);
    await at.getByRole('button', { name: 'Save properties' }).click();
  }
  const both = page.getByRole('table', { name: 'Both versions' });
  await expect(both.getByRole('row', { name: /purpose/ })).toContainText(/theirs.*mine/);
  await expect(page.getByLabel('Value 1')).toHaveValue('mine');
  await page.getByRole('button', { name: 'Save properties' }).click();
  await expect(page.getByRole('table', { name: 'Properties' })).toContainText('mine');
});

test('what Crowsnest acts as takes more than its name', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto(polarisPath('principal', ['name', 'root']));
  await page.getByText('Delete this principal…').click();
  await expect(page.getByText('Crowsnest itself acts through it').last()).toBeVisible();
  await page.getByLabel(/to confirm$/).last().fill('root');
  await page.getByRole('button', { name: 'Delete the principal' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was changed');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a principal is made, and deleted by its name', async ({ page, problems }) => {
    problems.expect(/status of 4\d\d/);
    const name = fresh('plain');
    await page.goto(polarisPath('principal-new'));
    await page.getByLabel('Name', { exact: true }).fill('root');
    await page.getByLabel('Key 1').fill('kept');
    await page.getByRole('button', { name: 'Create principal' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(page.getByLabel('Key 1')).toHaveValue('kept');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Create principal' }).click();
    await expect(page.getByText('Client secret')).toBeVisible();
    await page.getByLabel('I have copied or downloaded the secret').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

    await page.getByText('Delete this principal…').click();
    await page.getByLabel(/to confirm$/).fill('something else');
    await page.getByRole('button', { name: 'Delete the principal' }).click();
    await expect(page.getByRole('alert')).toContainText('Nothing was changed');
    await page.getByText('Delete this principal…').click();
    await page.getByLabel(/to confirm$/).fill(name);
    await page.getByRole('button', { name: 'Delete the principal' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Principals');
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  });
});

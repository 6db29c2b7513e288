// Policies: made in a namespace, attached, inherited, dropped.
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('a policy is made, attached, inherited below and dropped', async ({ page }) => {
  const name = fresh('expire');
  await page.goto('/c/sample-polaris/ns?w=lakehouse&ns=logistics');
  await page.getByRole('main').getByRole('link', { name: 'Policies', exact: true }).click();
  await page.getByRole('link', { name: 'New policy' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('combobox', { name: /^Type/ }).selectOption('system.orphan-file-removal');
  await page.getByRole('button', { name: 'Create policy' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByText('Attach or detach…').click();
  await page.getByRole('button', { name: 'Attach', exact: true }).click();
  await expect(page.getByText('Attached.', { exact: true })).toBeVisible();

  const below = await page.context().newPage();
  await below.goto(polarisPath('policies', ['w', 'lakehouse'], ['ns', 'logistics'], ['ns', 'last mile']));
  await expect(below.getByRole('table', { name: 'Policies that hold' }).getByRole('row', { name })).toContainText('inherited');

  await page.getByText('Drop this policy…').click();
  await page.getByLabel('Detach it everywhere').check();
  await page.getByLabel(/to confirm$/).fill(name);
  await page.getByRole('button', { name: 'Drop the policy' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Policies');
});

test('content that is no JSON comes back with the reason', async ({ page, problems }) => {
  problems.expect(/status of 400/);
  await page.goto(polarisPath('policy-new', ['w', 'lakehouse'], ['ns', 'sales']));
  await page.getByLabel('Name', { exact: true }).fill('broken');
  await page.getByLabel('Content (JSON)').fill('{oops');
  await page.getByRole('button', { name: 'Create policy' }).click();
  await expect(page.getByRole('alert')).toContainText('The content is no JSON');
  await expect(page.getByLabel('Content (JSON)')).toHaveValue('{oops');
});

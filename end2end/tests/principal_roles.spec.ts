// Principal roles: who is in them, and what they hold.
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('a role from nothing to nothing, by keyboard', async ({ page }) => {
  const name = fresh('team');
  await page.goto(polarisPath('principal-role-new'));
  await page.getByLabel('Name', { exact: true }).focus();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);

  await page.getByLabel('Put a principal in').selectOption('audit_bot');
  await page.getByRole('button', { name: 'Put in' }).press('Enter');
  await expect(page.getByRole('table', { name: 'Principals' })).toContainText('audit_bot');
  await page.getByRole('combobox', { name: 'Catalog', exact: true }).selectOption('lakehouse');
  await page.getByLabel('Catalog role').fill('reader');
  await page.getByRole('button', { name: 'Assign', exact: true }).press('Enter');
  await expect(page.getByRole('table', { name: 'Catalog roles in lakehouse' })).toContainText('reader');

  await page.getByRole('link', { name: 'audit_bot', exact: true }).click();
  await expect(page.getByRole('main').getByRole('link', { name, exact: true })).toBeVisible();
  await page.goBack();

  await page.getByText('Delete this principal role…').press('Enter');
  await expect(page.getByText('1 principal loses what it gives')).toBeVisible();
  await page.getByLabel(/to confirm$/).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Principal roles');
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
});

test('a list is filtered and sorted', async ({ page }) => {
  await page.goto(polarisPath('principal-roles'));
  const names = page.getByRole('table', { name: 'principal roles' }).getByRole('row');
  await page.getByRole('link', { name: /^Name/ }).click();
  await expect(page.getByRole('columnheader', { name: /^Name/ })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('main').getByRole('searchbox').fill('analyst');
  await expect(names).toHaveCount(2);
  await expect(page).toHaveURL(/q=analyst/);
});

test('a role that is gone says so, with a way back', async ({ page, problems }) => {
  problems.expect(/status of 404/);
  await page.goto(polarisPath('principal-role', ['name', 'ghost']));
  await expect(page.getByRole('alert')).toContainText('There is no principal role “ghost”');
  await page.getByRole('main').getByRole('link', { name: 'Principal roles' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Principal roles');
});

test('what was changed in this visit stands in the bar, each once', async ({ page }) => {
  const name = fresh('noted');
  await page.goto(polarisPath('principal-role-new'));
  const bell = page.getByRole('banner').locator('summary', { hasText: 'Changes of this visit' });
  await expect(bell).toBeHidden();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Name', { exact: true }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(bell).toContainText('1');
  await page.reload();
  await expect(bell).toContainText('1');
  await page.getByText('Delete this principal role…').press('Enter');
  await page.getByLabel(/to confirm$/).fill(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Principal roles');
  await expect(bell).toContainText('2');
  await bell.press('Enter');
  await page.getByRole('banner').getByRole('link', { name: 'Principal roles: Deleted.' }).press('Enter');
  await expect(page).toHaveURL(/principal-roles/);
});

// Who may do what, and why: from an object's page to the reason.
import { accessPath, orders } from '../support/access.ts';
import { accessible } from '../support/axe.ts';
import { expect, test } from '../support/fixtures.ts';

test('from a table to who can use it, and to every path', async ({ page }) => {
  await page.goto(`/c/sample-polaris/t/overview?${orders}`);
  await page.getByRole('link', { name: 'Who can use it' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Who can use lakehouse › sales › orders');
  const row = page.getByRole('row', { name: /trino_bi/ });
  await expect(row).toContainText('TABLE_READ_DATA');
  await expect(row.getByRole('link', { name: 'analysts' })).toBeVisible();
  await row.getByRole('link', { name: 'Why trino_bi holds TABLE_READ_DATA' }).click();
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('Allowed');
  await expect(answer).toContainText('lakehouse › reader');
});

test('the matrix: filtered, by keyboard, and each cell leads to its reason', async ({ page }) => {
  await page.goto(accessPath('who', `${orders}&show=matrix`));
  await page.getByLabel('Filter principals').fill('trino');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  const cell = page.getByRole('link', { name: 'trino_bi holds TABLE_READ_DATA' });
  await cell.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Allowed');
});

test('from the list to the matrix and back by its tabs, with everybody and without', async ({ page }) => {
  await page.goto(accessPath('who', orders));
  const matrix = page.getByRole('region', { name: /^Privileges on/ });
  const list = page.getByRole('table', { name: 'Principals' });
  await expect(list).toBeVisible();
  const tabs = page.getByRole('navigation', { name: 'Shown as' });
  await tabs.getByRole('link', { name: 'Matrix' }).click();
  await expect(matrix).toBeVisible();
  await expect(list).toHaveCount(0);
  await page.getByRole('link', { name: 'Every principal and privilege' }).click();
  await expect(page.getByRole('rowheader', { name: 'audit_bot' })).toBeVisible();
  await expect(matrix).toBeVisible();
  await tabs.getByRole('link', { name: 'Principals' }).click();
  await expect(list.getByRole('row', { name: /audit_bot/ })).toContainText('nothing');
  await page.getByRole('link', { name: 'Only who holds something' }).click();
  await expect(list.getByRole('row', { name: /audit_bot/ })).toHaveCount(0);
  await page.goBack();
  await page.goBack();
  await expect(matrix).toBeVisible();
});

test('a pasted 403 is explained, with the smallest change, which leads to the grant editor', async ({ page }) => {
  await page.goto(accessPath('explain', orders));
  const message = "Principal 'legacy_loader' with activated PrincipalRoles '[]' and activated grants via '[]' is not authorized for op LOAD_TABLE";
  await page.goto(accessPath('explain', `${orders}&message=${encodeURIComponent(message)}`));
  const answer = page.getByRole('region', { name: 'Answer' });
  await expect(answer).toContainText('Denied');
  await expect(answer.getByRole('listitem').filter({ hasText: 'Give the principal role' }).first()).toBeVisible();
});

test('what somebody can reach is listed by object', async ({ page }) => {
  await page.goto(accessPath('access'));
  await page.getByLabel('Principal', { exact: true }).fill('finance_reports');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What finance_reports can reach');
  await expect(page.getByRole('row', { name: /lakehouse › sales › eu › invoices/ })).toContainText('TABLE_READ_DATA');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a question is a form, its answer a page', async ({ page }) => {
    await page.goto(accessPath('explain'));
    await page.getByLabel('Principal', { exact: true }).fill('audit_bot');
    await page.getByLabel('Operation').selectOption('LOAD_TABLE');
    const object = page.getByRole('group', { name: 'On what' });
    await object.getByLabel(/^Kind/).selectOption('table');
    await object.getByLabel('Catalog', { exact: true }).fill('lakehouse');
    await object.getByLabel('Namespace', { exact: true }).fill('sales');
    await object.getByLabel('Name', { exact: true }).fill('orders');
    await page.getByRole('button', { name: 'Explain' }).click();
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Denied');
    await page.getByRole('button', { name: 'Collect again' }).click();
    await expect(page).toHaveURL(/explain\?/);
  });
});

test('the answer is accessible', async ({ page }) => {
  await page.goto(accessPath('explain', `principal=audit_bot&operation=DROP_TABLE_WITH_PURGE&${orders}`));
  await accessible(page);
});

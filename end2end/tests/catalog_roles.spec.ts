// Catalog roles: who holds them, and their grants.
import { expect, test } from '../support/fixtures.ts';
import { fresh, polarisPath } from '../support/polaris.ts';

test('the grants of a role lead to their objects and their editor', async ({ page }) => {
  await page.goto(polarisPath('catalog-role', ['w', 'lakehouse'], ['name', 'finance_reader']));
  const row = page.getByRole('table', { name: 'Grants' }).getByRole('row', { name: /sales\.eu\.invoices/ });
  await expect(row).toContainText('TABLE_READ_DATA');
  await expect(row.getByRole('link', { name: /^Edit grants/ })).toHaveAttribute('href', /grants\?w=lakehouse&ns=sales&ns=eu&t=invoices&role=finance_reader/);
  await row.getByRole('link', { name: 'sales.eu.invoices', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('invoices');
});

test('a role is made, held, revoked and deleted', async ({ page }) => {
  const name = fresh('role');
  await page.goto(polarisPath('catalog-roles', ['w', 'lab']));
  await page.getByRole('link', { name: 'New catalog role' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create catalog role' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.getByLabel('Assign to a principal role').selectOption('auditors');
  await page.getByRole('button', { name: 'Assign', exact: true }).click();
  const holder = page.getByRole('table', { name: 'Principal roles' });
  await expect(holder).toContainText('auditors');
  await page.getByText(`Revoke ${name} from auditors…`).click();
  await page.getByRole('button', { name: 'Revoke the role' }).click();
  await expect(holder).toHaveCount(0);
  await page.getByText('Delete this catalog role…').click();
  await page.getByLabel(/to confirm$/).fill(name);
  await page.getByRole('button', { name: 'Delete the catalog role' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Catalog roles');
});

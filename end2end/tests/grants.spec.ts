// The grant editor: choose, look, apply, revoke.
import { accessPath } from '../support/access.ts';
import { expect, test } from '../support/fixtures.ts';

const invoices = 'w=lakehouse&ns=sales&ns=eu&t=invoices';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled });
    const privilege = javaScriptEnabled ? 'TABLE_SET_LOCATION' : 'TABLE_ASSIGN_UUID';

    test('privileges are chosen by walking the tree, looked at, granted and revoked', async ({ page }) => {
      await page.goto(accessPath('grants', 'w=lakehouse&role=retired&pick=1'));
      for (const name of ['sales', 'eu', 'invoices']) {
        await page.getByRole('group').getByRole('link', { name, exact: true }).last().click();
      }
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grants of retired on lakehouse › sales › eu › invoices');
      await page.getByLabel(privilege).check();
      await page.getByRole('button', { name: 'Preview' }).first().click();
      await expect(page.getByRole('heading', { name: 'Will be granted' })).toBeVisible();
      await page.getByRole('button', { name: 'Grant 1 privilege' }).click();
      await expect(page.getByRole('status', { name: 'Outcome' })).toContainText(`${privilege} granted`);
      await page.getByRole('link', { name: `Revoke ${privilege}` }).click();
      await expect(page.getByRole('main')).toContainText('nobody loses anything');
      await page.getByRole('button', { name: 'Revoke' }).click();
      await expect(page.getByRole('status', { name: 'Outcome' })).toContainText(`${privilege} revoked`);
      await expect(page.getByLabel(privilege)).not.toBeChecked();
    });
  });
}

test('what was ticked for one object is not for another, and the lists beside it are of that one', async ({ page }) => {
  await page.goto(accessPath('grants', 'w=lakehouse&ns=sales&role=retired&pick=1'));
  await expect(page.locator('[role=tree][tabindex]')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Views' })).toContainText('revenue_by_day');
  await page.getByLabel('TABLE_SET_LOCATION').check();
  await page.getByRole('group').getByRole('link', { name: 'eu', exact: true }).last().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grants of retired on lakehouse › sales › eu');
  await expect(page.getByLabel('TABLE_SET_LOCATION')).not.toBeChecked();
  await expect(page.getByRole('list', { name: 'Tables' })).toContainText('invoices');
  await expect(page.getByRole('list', { name: 'Policies' })).toBeVisible();
});

test('what is implied is not granted again unless asked for', async ({ page }) => {
  await page.goto(accessPath('grants', 'role=reader&w=lakehouse&ns=sales&privilege=TABLE_LIST&privilege=TABLE_DROP&step=preview'));
  await expect(page.getByRole('button', { name: 'Grant 1 privilege' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('TABLE_READ_DATA on lakehouse › sales');
  await page.getByRole('link', { name: 'Grant those by themselves, too' }).click();
  await expect(page.getByRole('button', { name: 'Grant 2 privileges' })).toBeVisible();
});

test('one’s own last way to manage access takes typing', async ({ page }) => {
  await page.goto(accessPath('grants', 'role=catalog_admin&w=lab&revoke=CATALOG_MANAGE_ACCESS'));
  await expect(page.getByRole('note')).toContainText('last way');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('alert')).toContainText('type “catalog_admin and lock myself out”');
  await page.goto(accessPath('grants', 'role=catalog_admin&w=lab'));
  await expect(page.getByRole('link', { name: 'Revoke CATALOG_MANAGE_ACCESS' })).toBeVisible();
});

test('losses name those who keep it another way', async ({ page }) => {
  await page.goto(accessPath('grants', `role=finance_reader&${invoices}&revoke=TABLE_READ_DATA`));
  const row = page.getByRole('row', { name: /finance_reports/ });
  await expect(row).toContainText('privileges');
});

// What a catalog does wrong is said in the page: what happened, and a way on.
import { expect, test } from '../support/fixtures.ts';
import { connection } from '../support/pages.ts';
import { namespacePath, tablePath } from '../support/place.ts';

const FAULTS: Record<string, { says: RegExp; status: number }> = {
  'err-401': { says: /refused the credentials/i, status: 502 },
  'err-403': { says: /not allowed/i, status: 403 },
  'err-404': { says: /not found/i, status: 404 },
  'err-429': { says: /wait 7 s/i, status: 429 },
  'err-500': { says: /catalog failed/i, status: 502 },
  'err-502': { says: /catalog failed/i, status: 502 },
  'err-503': { says: /catalog failed/i, status: 502 },
  'err-truncated': { says: /cannot be reached|cut short|broke off|not an iceberg/i, status: 502 },
  'err-huge': { says: /64 MiB/i, status: 502 },
  'err-html': { says: /not an iceberg rest answer/i, status: 502 },
  'err-empty': { says: /not an iceberg rest answer/i, status: 502 },
  'err-malformed': { says: /not an iceberg rest answer/i, status: 502 },
};

for (const [name, { says, status }] of Object.entries(FAULTS)) {
  const place = { warehouse: 'lab', namespace: ['faults'] };

  test(`a table that answers ${name}`, async ({ page, problems }) => {
    problems.expect(new RegExp(`status of ${status}`));
    const answer = await page.goto(tablePath(connection, place, name));
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText(says);
    await expect(alert.getByRole('link', { name: 'Try again' })).toBeVisible();
    expect(answer!.status()).toBe(status);
  });

  test(`a namespace whose lists answer ${name}`, async ({ page, problems }) => {
    problems.expect(/status of \d{3}/);
    await page.goto(`${namespacePath(connection, { ...place, namespace: ['faults', name] })}&tab=tables`);
    await expect(page.getByRole('main').getByRole('alert').first()).toContainText(says);
  });
}

test('a slow catalog keeps nobody waiting: the page comes at once and is completed later', async ({ page }) => {
  test.setTimeout(60_000);
  const answer = await page.goto(tablePath(connection, { warehouse: 'lab', namespace: ['faults'] }, 'err-slow'));
  // Whole, and before the catalog has answered.
  expect(await answer!.text()).toContain('The catalog has not answered yet');
  await expect(page.getByRole('main')).toContainText(/location/i, { timeout: 40_000 });
});

test('who has waited enough stops, and nothing comes behind', async ({ page }) => {
  await page.goto(`${namespacePath(connection, { warehouse: 'lab', namespace: ['faults'] })}&tab=tables&q=slow`);
  const main = page.getByRole('main');
  const answered = page.waitForEvent('requestfinished', (request) => new URL(request.url()).pathname === '/api/table');
  await main.getByRole('link', { name: 'err-slow', exact: true }).click();
  await expect(main.getByText('Waiting for the table faults.err-slow in sample-generic, ').first()).toBeVisible();
  await main.getByRole('button', { name: 'Stop' }).first().click();
  const stopped = main.getByRole('status').filter({ hasText: 'You stopped waiting for the table faults.err-slow' });
  await expect(stopped.first()).toBeVisible();
  await answered;
  await expect(stopped.first()).toBeVisible();
  await stopped.first().getByRole('link', { name: 'Try again' }).click();
  await expect(main).toContainText(/location/i, { timeout: 40_000 });
});

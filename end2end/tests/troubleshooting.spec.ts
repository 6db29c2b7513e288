import { expect, test } from '../support/fixtures.ts';

const ERROR = 'failed to initialize destination: org.apache.iceberg.exceptions.RESTException: Unable to find warehouse s3://bucket';

test('a pasted error leads to its entry, without leaving the browser', async ({ page }) => {
  const sent: string[] = [];
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData()}`));
  await page.goto('/troubleshooting');
  const [entries, status] = [page.getByRole('article'), page.locator('p[role=status]')];
  const all = await entries.count();
  expect(all).toBeGreaterThan(40);
  await expect(status).toHaveText(`${all} entries`);
  await page.getByRole('textbox').fill(ERROR);
  await expect(entries.first()).toHaveAttribute('id', 'polaris-warehouse');
  expect(await entries.count()).toBeLessThan(all / 2);
  await page.getByRole('textbox').fill('zxqv');
  await expect(status).toContainText('Nothing known matches');
  await expect(entries).toHaveCount(0);
  expect([page.url(), ...sent].filter((text) => /bucket|zxqv/.test(text))).toEqual([]);
});

test('an address names a search and an entry', async ({ page }) => {
  await page.goto(`/troubleshooting?q=${encodeURIComponent(ERROR)}`);
  await expect(page.getByRole('article').first()).toHaveAttribute('id', 'polaris-warehouse');
  await page.goto('/troubleshooting#net-refused');
  await expect(page.locator('#net-refused')).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a search is a form', async ({ page }) => {
    await page.goto('/troubleshooting');
    await page.getByRole('textbox').fill('connection refused');
    const entries = page.getByRole('article');
    const all = await entries.count();
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(entries.first()).toContainText('Connection refused');
    expect(await entries.count()).toBeLessThan(all / 2);
  });
});

import { expect, test } from '../support/fixtures.ts';

const ERROR = 'failed to initialize destination: org.apache.iceberg.exceptions.RESTException: Unable to find warehouse s3://bucket';

test('a pasted error leads to its entry, without leaving the browser', async ({ page }) => {
  await page.goto('/troubleshooting');
  await expect(page.getByRole('article')).not.toHaveCount(1);
  await page.getByRole('textbox').fill(ERROR);
  await expect(page.getByRole('article').first()).toHaveAttribute('id', 'polaris-warehouse');
  expect(page.url()).not.toContain('bucket');
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
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByRole('article').first()).toContainText('Connection refused');
  });
});
